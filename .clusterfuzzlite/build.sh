#!/bin/bash -eu
# Makes a fuzzer of each decoder (org.whisker.fuzz.Decoders) in $OUT. Not run in OSS-Fuzz so far.
mvn -B -ntp -q test-compile dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$OUT/lib"
cp -r target/classes target/test-classes "$OUT/"
# theirs is of the version that fits the driver
rm -f "$OUT"/lib/jazzer*.jar

decoders=$(sed -n '/List<Decoder> QUICK =/,/;$/s/.*\(file\|new Decoder\)("\([a-z-]*\)".*/\2/p' \
  src/test/java/org/whisker/fuzz/Decoders.java)
[ -n "$decoders" ]
for decoder in $decoders; do
  cat >"$OUT/fuzz-$decoder" <<END
#!/bin/bash
# LLVMFuzzerTestOneInput, by which fuzzers are found
here=\$(dirname "\$0")
path=\$here/classes:\$here/test-classes:\$(echo "\$here"/lib/*.jar | tr ' ' ':')
LD_LIBRARY_PATH="\$JVM_LD_LIBRARY_PATH:\$here" exec "\$here/jazzer_driver" --agent_path="\$here/jazzer_agent_deploy.jar" \\
  --cp="\$path" --target_class=org.whisker.fuzz.FuzzTarget --instrumentation_includes='org.whisker.**' --hooks=false \\
  --jvm_args="-Xmx256m:-Xss1m:-Djava.awt.headless=true:-Dwhisker.fuzz=$decoder" -timeout=20 -max_len=20000 "\$@"
END
  chmod +x "$OUT/fuzz-$decoder"
  found=src/test/resources/fuzz/found/$decoder
  if [ -d "$found" ]; then zip -jqr "$OUT/fuzz-${decoder}_seed_corpus.zip" "$found"; fi
done
