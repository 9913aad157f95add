package main

// races lists the works, with the goals that they are held to.
func races(p paths, rows int) []race {
	prepare := []string{p.guichet, "prepare", "--sans-pieces", "--date", "2023-10-02", "--sortie", "depots"}
	outputs := []string{"depots", "sortie", "guichet.db*", "referentiels", "*-??.zip", "copie"}
	list := []race{
		{
			name: "prepare, CSV", input: func(dir string) error { return ordersCSV(dir, rows) },
			guichet: append(prepare[:len(prepare):len(prepare)], "--sans-carnet", "commandes.csv"),
			peer:    []string{"python3", p.script, "commandes.csv", "sortie"}, peerIs: "the script, nothing checked",
			bound: 0.1, memory: 150e6,
		},
		{
			name: "prepare, CSV, ledger", input: func(dir string) error { return ordersCSV(dir, rows) },
			guichet: append(prepare[:len(prepare):len(prepare)], "commandes.csv"),
			peer:    []string{"python3", p.script, "commandes.csv", "sortie"}, peerIs: "the script, nothing checked or kept",
			bound: 0.25, memory: 150e6,
		},
		{
			name: "prepare, XLSX", input: func(dir string) error { return ordersXLSX(dir, rows) },
			guichet: append(prepare[:len(prepare):len(prepare)], "commandes.xlsx"),
			peer:    []string{p.self, "-floor", "read-xlsx", "commandes.xlsx"}, peerIs: "the library reading the cells",
			bound: 0.6,
		},
		{
			name: "pack, 195 Mo", input: documents,
			guichet: []string{p.guichet, "pack", "--date", "2023-10-02", packed, "bons"},
			peer:    []string{p.self, "-floor", "copy", "bons", "copie"}, peerIs: "copy and SHA-256", bound: 1.3,
		},
		{
			name: "load FINESS", input: func(dir string) error { return finess(dir, rows) },
			guichet: []string{p.guichet, "referentiel", "load", "finess", finessName},
			peer:    []string{p.self, "-floor", "copy", "finess", "copie"}, peerIs: "copy and SHA-256", seconds: 2,
		},
	}
	for i := range list {
		list[i].outputs = outputs
	}
	return list
}
