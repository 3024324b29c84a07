// duckdb-import.js: the same file into a DuckDB database: node duckdb-import.js events|orders FILE DATABASE
// Typed columns, two threads, a persistent file, checkpointed.
const { DuckDBInstance } = require('@duckdb/node-api');

const columns = {
  events: `{'customer_id': 'VARCHAR', 'time': 'TIMESTAMP', 'event': 'VARCHAR', 'channel': 'VARCHAR',
            'campaign': 'VARCHAR', 'product': 'VARCHAR', 'amount': 'DECIMAL(12,2)'}`,
  orders: `{'order_id': 'VARCHAR', 'customer_id': 'VARCHAR', 'time': 'TIMESTAMP', 'product': 'VARCHAR', 'category': 'VARCHAR',
            'quantity': 'INTEGER', 'unit_price': 'DECIMAL(12,2)', 'amount': 'DECIMAL(12,2)', 'status': 'VARCHAR'}`,
};

async function main() {
  const [kind, file, database] = process.argv.slice(2);
  const instance = await DuckDBInstance.create(database, { threads: '2' });
  const connection = await instance.connect();
  const quoted = file.replaceAll("'", "''");
  await connection.run(`CREATE TABLE ${kind} AS SELECT * FROM read_csv('${quoted}', header = true, columns = ${columns[kind]})`);
  await connection.run('CHECKPOINT');
  const reader = await connection.runAndReadAll(`SELECT count(*)::INTEGER AS n FROM ${kind}`);
  console.log(JSON.stringify(reader.getRows()));
  connection.closeSync();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
