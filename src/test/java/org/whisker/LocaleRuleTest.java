package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No number is written in the digits of the user's language: {@code "…".formatted(…)} has no number
 * with conversions of its own, and {@code String.format} names its locale. With a literal, {@link
 * org.whisker.value.Text} is shorter.
 */
class LocaleRuleTest {
  private static final Pattern NUMBER =
      Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?[dfeEgG]");

  /** Calls that depend on the locale, by file and call. */
  private static final class Calls extends TreeScanner<Void, Void> {
    private final Set<String> found = new TreeSet<>();
    private String file = "";

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, @Nullable Void none) {
      file = unit.getSourceFile().getName();
      return super.visitCompilationUnit(unit, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
      if (call.getMethodSelect() instanceof MemberSelectTree method) {
        String name = method.getIdentifier().toString();
        boolean formatted = name.equals("formatted") && hasNumber(method.getExpression());
        boolean format =
            (name.equals("printf")
                    || (name.equals("format")
                        && method.getExpression().toString().equals("String")))
                && !isChosen(call.getArguments(), name.equals("format"));
        if (formatted || format) {
          found.add(file + ": " + call);
        }
      }
      return super.visitMethodInvocation(call, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree method, @Nullable Void none) {
      if (method.getName().contentEquals("formatted")) {
        found.add(file + ": " + method);
      }
      return super.visitMemberReference(method, null);
    }

    /** Whether the locale is named, and the form is no literal: then it is that of Text. */
    private static boolean isChosen(List<? extends ExpressionTree> arguments, boolean form) {
      return arguments.get(0).toString().startsWith("Locale.")
          && !(form && arguments.get(1) instanceof LiteralTree);
    }

    private static boolean hasNumber(ExpressionTree format) {
      return text(format).map(text -> NUMBER.matcher(text.replace("%%", "")).find()).orElse(true);
    }

    /** Of literals alone. */
    private static Optional<String> text(ExpressionTree of) {
      if (of instanceof ParenthesizedTree inside) {
        return text(inside.getExpression());
      }
      if (of instanceof LiteralTree literal && literal.getValue() instanceof String text) {
        return Optional.of(text);
      }
      return of instanceof BinaryTree sum
          ? text(sum.getLeftOperand())
              .flatMap(left -> text(sum.getRightOperand()).map(right -> left + right))
          : Optional.empty();
    }
  }

  @Test
  void numbersNameTheirLocale() throws IOException {
    Calls calls = new Calls();
    Sources.parsed((file, unit) -> calls.scan(unit, null));
    assertEquals(Set.of(), calls.found);
  }
}
