/** ONNX files as networks whose layers are known, and back; the only user of protobuf. */
package org.whisker.onnx;
