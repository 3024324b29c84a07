// duckdb-funnel.js: a funnel of four steps in seven days by channel: node duckdb-funnel.js FILE DATABASE [RUNS]
// The table is made once, with customers, names and channels as DuckDB joins them fastest (integers, sorted). The query is
// the best known: each step joined to the latest of the step before (ASOF), which carries its entry along. Prints the CPU
// seconds of each run, of which the first is cold, and the customers of each step.
const { DuckDBInstance } = require('@duckdb/node-api');
const fs = require('fs');

const query = `
  WITH s1 AS (SELECT customer, time, channel FROM steps WHERE step = 1),
  s2 AS (SELECT s.customer, s.time, p.time AS entry, p.channel FROM (SELECT * FROM steps WHERE step = 2) s
    ASOF JOIN s1 p ON s.customer = p.customer AND s.time >= p.time WHERE s.time <= p.time + INTERVAL 7 DAY),
  s3 AS (SELECT s.customer, s.time, p.entry, p.channel FROM (SELECT * FROM steps WHERE step = 3) s
    ASOF JOIN s2 p ON s.customer = p.customer AND s.time >= p.time WHERE s.time <= p.entry + INTERVAL 7 DAY),
  s4 AS (SELECT s.customer, s.time, p.entry, p.channel FROM (SELECT * FROM steps WHERE step = 4) s
    ASOF JOIN s3 p ON s.customer = p.customer AND s.time >= p.time WHERE s.time <= p.entry + INTERVAL 7 DAY),
  levels AS (
    SELECT customer, max(level) AS level, arg_max(channel, level) AS channel FROM (
      SELECT customer, 1 AS level, arg_min(channel, time) AS channel FROM s1 GROUP BY customer
      UNION ALL SELECT customer, 2, arg_min(channel, time) FROM s2 GROUP BY customer
      UNION ALL SELECT customer, 3, arg_min(channel, time) FROM s3 GROUP BY customer
      UNION ALL SELECT customer, 4, arg_min(channel, time) FROM s4 GROUP BY customer) GROUP BY customer)
  SELECT channel, count(*) AS one, count(*) FILTER (level >= 2) AS two, count(*) FILTER (level >= 3) AS three, count(*) FILTER (level >= 4) AS four
  FROM levels GROUP BY channel ORDER BY channel`;

async function main() {
  const [file, database, runs] = process.argv.slice(2);
  const fresh = !fs.existsSync(database);
  const instance = await DuckDBInstance.create(database, { threads: '2' });
  const connection = await instance.connect();
  if (fresh) {
    const quoted = file.replaceAll("'", "''");
    await connection.run(`CREATE TABLE events AS
      SELECT substr(customer_id, 2)::INTEGER AS customer, time, event, channel FROM read_csv('${quoted}', header = true,
        columns = {'customer_id': 'VARCHAR', 'time': 'TIMESTAMP', 'event': 'VARCHAR', 'channel': 'VARCHAR', 'campaign': 'VARCHAR', 'product': 'VARCHAR', 'amount': 'VARCHAR'})
      ORDER BY customer, time`);
    await connection.run(`CREATE VIEW steps AS SELECT customer, time, channel,
      CASE event WHEN 'product_view' THEN 1 WHEN 'add_to_cart' THEN 2 WHEN 'checkout' THEN 3 WHEN 'purchase' THEN 4 ELSE 0 END AS step FROM events`);
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
  const total = [1, 2, 3, 4].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  console.log(JSON.stringify({ runs: used, customers: total }));
  connection.closeSync();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
