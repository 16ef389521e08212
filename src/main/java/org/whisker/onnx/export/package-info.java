/** Networks written as ONNX files. */
package org.whisker.onnx.export;
