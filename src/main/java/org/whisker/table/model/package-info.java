/**
 * Tables about models: training, evaluation, the photos of a dataset, scores of images, the layers
 * of a network, its receptive fields and its foveation.
 */
package org.whisker.table.model;
