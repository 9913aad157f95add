package pieces_test

const commandeServir = "servir-un-essai"

func servir([]string) {}
