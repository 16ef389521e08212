/**
 * Result tables by domain, one class or record per table: the content of a row, and how it is
 * written and read. No drawing, models or statistics.
 */
package org.whisker.table;
