/** TorchScript text of single layers and of windows of feature maps, from what the layers are. */
@NullMarked
package org.whisker.torch.script;

import org.jspecify.annotations.NullMarked;
