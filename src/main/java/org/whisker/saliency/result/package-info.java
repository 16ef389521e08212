/**
 * The tables of saliency maps and of their tests, with one record type per table for its rows, and
 * the folder of a saliency job as read back from them.
 */
package org.whisker.saliency.result;
