/**
 * ONNX files as networks, and networks as ONNX files. {@link org.whisker.onnx.OperatorList} lists
 * what is known of each operator; {@link org.whisker.onnx.Importer} reads the nodes of a file by
 * it, {@link org.whisker.onnx.Assembly} makes layers of what was read, and {@link
 * org.whisker.onnx.LayerWriter} writes layers as nodes.
 */
package org.whisker.onnx;
