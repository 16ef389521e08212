/**
 * Self-contained HTML pages: sections over tables and charts. The only user of the template engine.
 * Reads what is on the disk; runs no model.
 */
package org.whisker.page;
