package org.whisker.table;

/**
 * Which image a row is of.
 *
 * @param group the set of images that it belongs to
 * @param image its file
 */
public record PictureId(String group, String image) {}
