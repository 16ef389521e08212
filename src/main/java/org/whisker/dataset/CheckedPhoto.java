package org.whisker.dataset;

import org.whisker.image.Canvas;

/**
 * A photo that was read.
 *
 * @param size as it is on disk
 * @param sha256 of the file
 * @param hash of what it looks like
 */
public record CheckedPhoto(ListedPhoto photo, Canvas size, String sha256, PerceptualHash hash) {}
