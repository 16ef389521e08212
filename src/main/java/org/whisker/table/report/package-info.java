/**
 * The tables of a report in addition to those of its experiments: findings with their sentences,
 * the classifiers, their maps and profiles, and comparisons of models.
 */
package org.whisker.table.report;
