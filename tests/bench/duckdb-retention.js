// duckdb-retention.js: month cohorts over events: node duckdb-retention.js FILE DATABASE [RUNS]
// The table is made once, with customers as integers in order (what DuckDB groups fastest); then one bit mask of months a
// customer, counted by cohort and period. Prints the CPU seconds of each run, of which the first is cold, and the cells.
const { DuckDBInstance } = require('@duckdb/node-api');
const fs = require('fs');

const query = `
  WITH masks AS (
    SELECT customer, min(month) AS cohort, bit_or(1::BIGINT << month) AS mask
    FROM (SELECT customer, ((year(time) - 2000) * 12 + month(time) - 1 - (SELECT first FROM base))::INTEGER AS month FROM records)
    GROUP BY customer),
  counts AS (SELECT cohort, mask, count(*) AS n FROM masks GROUP BY cohort, mask)
  SELECT cohort, k AS period, sum(n)::BIGINT AS customers
  FROM counts, range(0, 63) AS periods(k)
  WHERE cohort + k < 63 AND (mask >> (cohort + k)::INTEGER) & 1 = 1
  GROUP BY cohort, k ORDER BY cohort, k`;

async function main() {
  const [file, database, runs] = process.argv.slice(2);
  const fresh = !fs.existsSync(database);
  const instance = await DuckDBInstance.create(database, { threads: '2' });
  const connection = await instance.connect();
  if (fresh) {
    const quoted = file.replaceAll("'", "''");
    await connection.run(`CREATE TABLE records AS
      SELECT substr(customer_id, 2)::INTEGER AS customer, time FROM read_csv('${quoted}', header = true,
        columns = {'customer_id': 'VARCHAR', 'time': 'TIMESTAMP', 'event': 'VARCHAR', 'channel': 'VARCHAR', 'campaign': 'VARCHAR', 'product': 'VARCHAR', 'amount': 'VARCHAR'})
      ORDER BY customer, time`);
    await connection.run('CREATE TABLE base AS SELECT min((year(time) - 2000) * 12 + month(time) - 1) AS first FROM records');
    await connection.run('CHECKPOINT');
  }
  const used = [];
  let rows;
  for (let i = 0; i < Number(runs ?? 5); i++) {
    const before = process.cpuUsage();
    rows = (await connection.runAndReadAll(query)).getRows();
    const spent = process.cpuUsage(before);
    used.push((spent.user + spent.system) / 1e6);
  }
  console.log(JSON.stringify({ runs: used, cells: rows.map((row) => row.map(Number)) }));
  connection.closeSync();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
