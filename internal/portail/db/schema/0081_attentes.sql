-- Who had put a demande aside keeps it until it comes back, and a day more.
UPDATE dossier SET bail = attente + 86400000000 WHERE attente > 0 AND agent_id > 0 AND contradictoire_id = 0 AND bail < attente;
