/** libtorch's libraries as files: where DJL looks for them, and their hash. */
@NullMarked
package org.whisker.torch.natives;

import org.jspecify.annotations.NullMarked;
