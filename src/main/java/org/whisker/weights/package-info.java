/** Named tensors: safetensors files, the layouts of torchvision and timm, formula weights. */
package org.whisker.weights;
