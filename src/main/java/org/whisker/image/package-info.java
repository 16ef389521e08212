/** Pictures: the canvas, black pixels on it (the genome of evolution), gray images, their files. */
package org.whisker.image;
