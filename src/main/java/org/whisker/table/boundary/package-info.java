/**
 * The tables of {@code boundary}, with one record type per table for its rows. Logits are of
 * not-cat: below 0 is cat. An image with p(cat) of ½ or more is classified as cat.
 */
package org.whisker.table.boundary;
