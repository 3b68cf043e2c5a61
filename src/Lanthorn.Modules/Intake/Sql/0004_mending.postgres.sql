-- What a replay of refused rows needs, and who took an import back.
ALTER TABLE intake_imports ADD COLUMN mapping TEXT COLLATE "C";
ALTER TABLE intake_imports ADD COLUMN evaluation TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE intake_imports ADD COLUMN undone_at TEXT COLLATE "C";
ALTER TABLE intake_imports ADD COLUMN undone_by TEXT COLLATE "C";
ALTER TABLE intake_imports ADD COLUMN undo_reason TEXT COLLATE "C";

-- The row as it was read: of a table an object with its columns, else the line. Absent where it was too long to keep.
ALTER TABLE intake_quarantine ADD COLUMN row_text TEXT COLLATE "C";
-- The last try that was refused again, and the one that was not.
ALTER TABLE intake_quarantine ADD COLUMN tried_text TEXT COLLATE "C";
ALTER TABLE intake_quarantine ADD COLUMN tried_reason TEXT COLLATE "C";
ALTER TABLE intake_quarantine ADD COLUMN mended_text TEXT COLLATE "C";
ALTER TABLE intake_quarantine ADD COLUMN mended_at TEXT COLLATE "C";
ALTER TABLE intake_quarantine ADD COLUMN mended_by TEXT COLLATE "C";
