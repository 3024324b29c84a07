/* paths.h: what customers did after a start, or before an end, step by step: the commonest paths, the flows between nodes
 * and where customers stopped. */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* Each customer has one path: from the first record of `start` in the period onwards, or up to the first one of `end`; the
 * records of `events` within the window of it, at most `steps` of them. The same node several times in a row is one step
 * unless repeats are kept. Records of one instant stand in the timeline's order.
 * Tables: links (stage, from, to, customers, share: of all paths; stage 0 is the first node, of paths to an end the node
 * that is steps - 1 before it), nodes (stage, node, customers, share, ended, ended_share: whose path has no further node,
 * of paths to an end whose path has none before; the last stage ends nobody), paths (path, steps, customers, share: the
 * commonest ones, of equal ones by text), totals (paths, customers, mean_steps), customers (customer, time, path) with the
 * setting customers. Beyond the largest nodes of a stage the rest is "Other". */
extern const MqAnalysis mq_paths_analysis;

G_END_DECLS
