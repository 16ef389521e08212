package org.whisker.job.input;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.whisker.option.Option;

/** {@code --resize}, see {@link PictureSize}. */
@Option(
    names = PictureSize.OPTION,
    help =
        "Also resize images of two grays, such as evolved ones, which are refused otherwise: single"
            + " pixels don't survive it. Photos are always resized.")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Resize {}
