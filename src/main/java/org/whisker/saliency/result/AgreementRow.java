package org.whisker.saliency.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.saliency.MethodAgreement;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code agreement.csv}: the agreement of two methods' maps of an image. */
public record AgreementRow(
    String image,
    String methodA,
    String methodB,
    @Column(
            meaning =
                "Spearman's rho of |value|, over the pixels where at least one map is " + "not 0")
        OptionalDouble rhoAbsolute,
    @Column(
            meaning =
                "likewise of the signed values, both with the sign \"towards "
                    + "not-cat\"; empty when their signs are not comparable")
        OptionalDouble rhoSigned) {
  static final Table<AgreementRow> TABLE = Table.of(AgreementRow.class);

  /** One row per unordered pair of methods. */
  static List<AgreementRow> of(String image, MethodAgreement agreement) {
    List<AgreementRow> rows = new ArrayList<>();
    List<String> methods = agreement.methods();
    for (int a = 0; a < methods.size(); a++) {
      for (int b = a + 1; b < methods.size(); b++) {
        rows.add(
            new AgreementRow(
                image,
                methods.get(a),
                methods.get(b),
                agreement.absolute().get(a).get(b),
                agreement.signed().get(a).get(b)));
      }
    }
    return rows;
  }

  /** Whether the row compares these two methods, in either order. */
  public boolean isOf(String a, String b) {
    return (methodA.equals(a) && methodB.equals(b)) || (methodA.equals(b) && methodB.equals(a));
  }
}
