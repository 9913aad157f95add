-- What security looks at: sign-ins that failed, brakes, refusals, documents opened, exports. It is kept for a bounded time; the
-- network is cut to /24 or /48.
CREATE TABLE trace (
	id {{.Identite}},
	instant BIGINT NOT NULL,
	genre TEXT NOT NULL,                   -- connexion.refusee, acces.refuse …
	compte BIGINT NOT NULL DEFAULT 0,      -- id of the account that acts or is tried, 0 for none
	objet TEXT NOT NULL DEFAULT '',        -- a route, a reference: never what was typed
	reseau TEXT NOT NULL DEFAULT '',
	reference TEXT NOT NULL DEFAULT ''     -- of the request, as the log has it
);
CREATE INDEX trace_instant ON trace (instant);
CREATE INDEX trace_genre ON trace (genre, id);
CREATE INDEX trace_compte ON trace (compte, id);
