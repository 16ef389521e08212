/** Statistics over runs: summaries, intervals, permutation and equivalence tests, effect sizes. */
package org.whisker.stats;
