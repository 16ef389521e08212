/**
 * The engine of tables: a record is a row, and its annotated components are the columns; maps and
 * chart requests as files. The packages in it hold rows that do not lie with their results yet.
 */
package org.whisker.table;
