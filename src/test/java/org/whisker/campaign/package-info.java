/**
 * A campaign against whisker's own promises: processes that are killed at a moment or at a system
 * call, disks that are full, calls that fail, two processes in one folder, and hostile files.
 * {@code ./whisker-campaign} runs it, docs/reliability.md has what came of it.
 */
@NullMarked
package org.whisker.campaign;

import org.jspecify.annotations.NullMarked;
