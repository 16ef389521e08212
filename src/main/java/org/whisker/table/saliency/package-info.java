/**
 * The tables of saliency maps and of their tests, a record a row, and the folder of a saliency job
 * read back from them.
 */
package org.whisker.table.saliency;
