/**
 * The tables of a report beside those of its experiments: findings with their sentences, the
 * classifiers, their maps and profiles, and how models compare.
 */
package org.whisker.table.report;
