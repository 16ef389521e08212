/**
 * The tables of {@code boundary}: each a record that is a row. Logits are of not-cat: below 0 is
 * cat; p(cat) of ½ or more is cat.
 */
package org.whisker.table.boundary;
