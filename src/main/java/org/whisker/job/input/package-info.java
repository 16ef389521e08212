/** What jobs read: images, folders of images and photos, runs of {@code evolve}, CSVs of pixels. */
package org.whisker.job.input;
