package decision

// An award that was notified is lost when a decision that is notified later takes it back, or when its supplier gives it up with the
// demande: these are the texts of SQL for when that was, 0 for not, of a decision d and its demande q.
const (
	Abandonnee = `CASE WHEN d.sens = 'attribution' AND d.etat = 'notifiee' AND q.etat = 'retiree' AND NOT EXISTS (SELECT 1 FROM decision y WHERE y.depot_id = d.depot_id AND y.rang = d.rang AND y.id > d.id AND y.etat = 'notifiee')
			THEN COALESCE((SELECT MAX(e.instant) FROM evenement e WHERE e.depot_id = d.depot_id AND e.rang = d.rang AND e.a = 'retiree'), 0) ELSE 0 END`
	Retiree = `CASE WHEN d.sens = 'attribution'
			THEN COALESCE((SELECT MIN(y.notifie) FROM decision y WHERE y.depot_id = d.depot_id AND y.rang = d.rang AND y.id > d.id AND y.etat = 'notifiee' AND y.sens = 'retrait'), 0) ELSE 0 END`
)
