import { openDatabase } from '../../db/open.ts';

// Holds the database named on the command line with an exclusive transaction that has written, until it is killed.
const [file, keyHex] = process.argv.slice(2);
if (file === undefined || keyHex === undefined) throw new Error('which database, with which key?');
const db = openDatabase({ file, keyHex, role: 'reader' });
db.pragma('query_only=0');
db.exec('BEGIN EXCLUSIVE');
db.exec('DELETE FROM issue');
process.send?.('held');
process.once('disconnect', () => { process.exit(); });
// The connection is used for as long as it is to hold: one that nothing refers to is collected, and closed with its transaction.
setInterval(() => { if (!db.inTransaction) throw new Error('the transaction was lost'); }, 1_000);
