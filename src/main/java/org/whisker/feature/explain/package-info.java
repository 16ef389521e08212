/**
 * {@code explain} and {@code compare}: the plan of a report, its experiments, verdicts and page.
 */
package org.whisker.feature.explain;
