-- The demandes whose supplier has answered, or written, while nobody of the agency held them: those who examine are told of them together.
CREATE TABLE a_dire_agence (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (depot_id, rang)
) {{.SansRang}};
