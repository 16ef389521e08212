package org.whisker.ablation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The key of everything that determines an arm's runs, besides model and seed. */
public final class ArmKey {
  private static final int BYTES = 6;

  private ArmKey() {}

  /** Such as {@code padding-reflect+direct-0a1b2c3d4e5f}. */
  public static String of(AblationArm arm, AblationSetting setting, double target) {
    String options = options(arm, setting, target);
    return seen(arm) + "-" + HexFormat.of().formatHex(sha256(options), 0, BYTES);
  }

  /** The same in full, for who makes a longer hash of it. */
  public static String text(AblationArm arm, AblationSetting setting, double target) {
    return seen(arm) + " " + options(arm, setting, target);
  }

  private static String seen(AblationArm arm) {
    return arm.variant().label() + "+" + arm.transform().label();
  }

  // options are nested records, so their text identifies them
  private static String options(AblationArm arm, AblationSetting setting, double target) {
    return arm.change().apply(setting.base()) + " " + arm.margin() + " " + target;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
