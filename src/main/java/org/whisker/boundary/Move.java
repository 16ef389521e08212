package org.whisker.boundary;

import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.Raster;

/** The change of one pixel to another gray. */
record Move(int pixel, float gray) {
  Raster on(Raster picture) {
    Canvas canvas = picture.canvas();
    return Patch.pixel(canvas.x(pixel), canvas.y(pixel), gray).on(picture);
  }
}
