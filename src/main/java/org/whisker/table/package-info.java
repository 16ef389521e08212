/**
 * Result tables, a class or record each, by domain: what a row holds, and how it is written and
 * read. No drawing, no model, no statistics.
 */
package org.whisker.table;
