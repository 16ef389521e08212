/** Nodes of an ONNX file as they stand there: their order, attributes and types. */
package org.whisker.onnx.graph;
