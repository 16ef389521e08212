/**
 * The protocol as a job: experiments of a budget, verdicts, and what is told of models beside them.
 */
package org.whisker.study.explain;
