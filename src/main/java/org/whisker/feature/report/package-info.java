/**
 * {@code report} and {@code charts}: pages and charts of any folder, drawn again from its tables.
 */
package org.whisker.feature.report;
