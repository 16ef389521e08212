/**
 * Networks run by DJL's PyTorch engine: TorchScript written from the graph, devices and precision,
 * scores, gradients, training. The only package that uses {@code ai.djl}.
 */
package org.whisker.torch;
