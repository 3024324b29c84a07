// duckdb-attribution.js: five heuristic models and the steps of a Markov chain over purchases and 30 days before them:
// node duckdb-attribution.js FILE DATABASE [RUNS]
// The table is made once, with customers as integers, sorted. Prints the CPU seconds of each run, of which the first is cold,
// and the credits of the models first and linear by channel.
const { DuckDBInstance } = require('@duckdb/node-api');
const fs = require('fs');

const pairs = `
  CREATE OR REPLACE TEMP TABLE pairs AS
  SELECT c.id, c.value, t.channel, t.id AS touch,
    row_number() OVER w AS place, count(*) OVER (PARTITION BY c.id) AS n,
    pow(2, -date_diff('second', t.time, max(t.time) OVER (PARTITION BY c.id)) / (7 * 86400.0)) AS weight,
    lead(t.channel) OVER w AS next
  FROM (SELECT * FROM records WHERE conversion) c JOIN (SELECT * FROM records WHERE NOT conversion AND channel IS NOT NULL) t
    ON c.customer = t.customer AND t.time <= c.time AND t.time >= c.time - INTERVAL 30 DAY
  WINDOW w AS (PARTITION BY c.id ORDER BY t.time, t.id)`;

const credits = `
  WITH shares AS (
    SELECT channel, value, place = 1 AS first, place = n AS last, 1.0 / n AS linear,
      CASE WHEN n = 1 THEN 1 WHEN n = 2 THEN 0.5 WHEN place = 1 OR place = n THEN 0.4 ELSE 0.2 / (n - 2) END AS u,
      weight / sum(weight) OVER (PARTITION BY id) AS decay
    FROM pairs)
  SELECT channel, count(*) FILTER (first), sum(linear), sum(value) FILTER (first), count(*) FILTER (last), sum(value) FILTER (last),
    sum(linear * value), sum(u), sum(u * value), sum(decay), sum(decay * value)
  FROM shares GROUP BY channel ORDER BY channel`;

const steps = `
  WITH free AS (
    SELECT customer, time, id, channel, lag(time) OVER w AS before, lead(time) OVER w AS after, lead(channel) OVER w AS next
    FROM records WHERE NOT conversion AND channel IS NOT NULL AND id NOT IN (SELECT touch FROM pairs)
    WINDOW w AS (PARTITION BY customer ORDER BY time, id)),
  runs AS (SELECT channel, before IS NULL OR time - before > INTERVAL 30 DAY AS starts,
      CASE WHEN after IS NULL OR after - time > INTERVAL 30 DAY THEN 'NULL' ELSE next END AS next FROM free)
  SELECT a, b, sum(n) FROM (
    SELECT 'START' AS a, channel AS b, count(*) AS n FROM pairs WHERE place = 1 GROUP BY channel
    UNION ALL SELECT channel, coalesce(next, 'CONVERSION'), count(*) FROM pairs GROUP BY ALL
    UNION ALL SELECT 'START', channel, count(*) FROM runs WHERE starts GROUP BY channel
    UNION ALL SELECT channel, next, count(*) FROM runs GROUP BY ALL) GROUP BY a, b`;

async function main() {
  const [file, database, runs] = process.argv.slice(2);
  const fresh = !fs.existsSync(database);
  const instance = await DuckDBInstance.create(database, { threads: '2' });
  const connection = await instance.connect();
  if (fresh) {
    const quoted = file.replaceAll("'", "''");
    await connection.run(`CREATE TABLE records AS
      SELECT row_number() OVER (ORDER BY customer, time) AS id, * FROM (
        SELECT substr(customer_id, 2)::INTEGER AS customer, time, event = 'purchase' AS conversion, channel, coalesce(TRY_CAST(amount AS DOUBLE), 0) AS value
        FROM read_csv('${quoted}', header = true,
          columns = {'customer_id': 'VARCHAR', 'time': 'TIMESTAMP', 'event': 'VARCHAR', 'channel': 'VARCHAR', 'campaign': 'VARCHAR', 'product': 'VARCHAR', 'amount': 'VARCHAR'}))
      ORDER BY customer, time`);
    await connection.run('CHECKPOINT');
  }
  const used = [];
  let rows;
  for (let i = 0; i < Number(runs ?? 3); i++) {
    const before = process.cpuUsage();
    await connection.run(pairs);
    rows = (await connection.runAndReadAll(credits)).getRows();
    await connection.runAndReadAll(steps);
    const spent = process.cpuUsage(before);
    used.push((spent.user + spent.system) / 1e6);
  }
  console.log(JSON.stringify({ runs: used, credits: Object.fromEntries(rows.map((row) => [row[0], [Number(row[1]), Number(row[2])]])) }));
  connection.closeSync();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
