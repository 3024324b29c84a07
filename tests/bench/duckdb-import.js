// duckdb-import.js: the same file into a DuckDB database: node duckdb-import.js events|orders FILE DATABASE
// Typed columns, two threads, a persistent file, checkpointed. Prints the CPU seconds of the import, without node's start.
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
  const before = process.cpuUsage();
  await connection.run(`CREATE TABLE ${kind} AS SELECT * FROM read_csv('${quoted}', header = true, columns = ${columns[kind]})`);
  await connection.run('CHECKPOINT');
  const used = process.cpuUsage(before);
  console.log(JSON.stringify({ cpu: (used.user + used.system) / 1e6 }));
  connection.closeSync();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
