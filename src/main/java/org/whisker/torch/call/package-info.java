/** Calls into libtorch, and how a process ends between them. */
package org.whisker.torch.call;
