@echo off
rem Runs whisker on Windows, as the file whisker does elsewhere. In a checkout, builds it first when it
rem has not been built, or when the sources are newer; a release is built already.
rem
rem   WHISKER_HOME       the folder that holds models, analyses and reports (default: this folder)
rem   WHISKER_GPU=1      leave the CPU build of libtorch out, so that DJL takes one for the GPU
rem   WHISKER_JAVA_OPTS  more options for the JVM, for example -Xmx6g
rem   JAVA_HOME          the JDK to use (default: the java on the PATH)
setlocal EnableExtensions DisableDelayedExpansion

set "here=%~dp0"
set "here=%here:~0,-1%"
rem a release has this file in bin\
if exist "%here%\..\whisker.jar" for %%d in ("%here%\..") do set "here=%%~fd"
set "target=%here%"
if exist "%here%\pom.xml" set "target=%here%\target\launcher"
set "jar=%target%\whisker.jar"
set "home=%here%"
if defined WHISKER_HOME set "home=%WHISKER_HOME%"

rem What the JVM says of its archives of classes, and from 24 on of a library that reaches for memory in the old
rem way, is of no use to who runs whisker.
set "quiet=-Xlog:disable -Xlog:all=error:stderr -Dsun.misc.unsafe.memory.access=allow"
set "few=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

set "java="
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if not defined java if exist "%here%\runtime\bin\java.exe" set "java=%here%\runtime\bin\java.exe"
if not defined java for %%p in (java.exe) do set "java=%%~$PATH:p"
call :check_java
if errorlevel 1 exit /b 1
rem Java 25 complains of one that is of 17.
set "classes=%target%\whisker-%version%.jsa"
call :check_options
if errorlevel 1 exit /b 1

:ready
if "%target%"=="%here%" goto built
call :stale
if not errorlevel 1 goto run
if not exist "%target%" mkdir "%target%"
if not exist "%target%" (
  >&2 echo whisker: cannot write to %here%\target; it must be writable to build
  exit /b 1
)
rem One build at a time: a second writer of the lock is refused while the first has it open.
set "code="
9>&2 2>nul (8>"%target%\lock" (call :build 2>&9 & call set "code=%%errorlevel%%"))
if "%code%"=="0" goto run
if defined code exit /b 1
>&2 echo whisker: waiting for a build that is already running
:wait
ping -n 2 127.0.0.1 >nul
set "code="
2>nul (8>>"%target%\lock" (call set "code=0"))
if not defined code goto wait
goto ready

:built
if not exist "%jar%" (
  >&2 echo whisker: found no %jar%; unpack the release again
  exit /b 1
)
if exist "%classes%" goto run
if exist "%classes%.none" goto run
call :words %*
if not errorlevel 1 goto run
>&2 echo whisker: the first start takes some seconds longer, those after it less
call :archive
if not exist "%classes%" 2>nul (type nul >"%classes%.none")

:run
rem With the natives at hand DJL has nothing to download, and nothing to report home.
set "offline="
if exist "%target%\lib\pytorch-native-cpu-*.jar" set "offline=-Dai.djl.offline=true"
set "wait=passive"
if defined OMP_WAIT_POLICY set "wait=%OMP_WAIT_POLICY%"
set "tuning="
call :words %*
if not errorlevel 1 set "tuning=%few%"
rem A page is open for hours: a JVM with nothing to do gives its memory back.
if "%~1"=="play" set "tuning=-XX:G1PeriodicGCInterval=30000 -XX:-G1PeriodicGCInvokesConcurrent -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockExperimentalVMOptions -XX:TrimNativeHeapInterval=60000"
rem Named without being there, it would cost the JVM its own archive as well.
set shared=
if exist "%classes%" set shared="-XX:SharedArchiveFile=%classes%"

rem To go nowhere ends the batch file before the rest of its line is done: Ctrl-C then reaches whisker
rem alone, without the question whether to end the batch job, and the exit code is that of whisker. The
rem variables of setlocal end there, too.
goto #nowhere# 2>nul || set "OMP_WAIT_POLICY=%wait%" & "%java%" -Xmx2g %quiet% %tuning% -Djava.awt.headless=true %offline% "-Dwhisker.home=%home%" -Dwhisker.columns=0 -Dwhisker.terminal=false %shared% %WHISKER_JAVA_OPTS% -jar "%jar%" %*

:check_java
if not defined java (
  >&2 echo whisker: found no java; install JDK 17 or newer
  exit /b 1
)
if not exist "%java%" (
  >&2 echo whisker: found no %java%; install JDK 17 or newer
  exit /b 1
)
set "version="
for %%f in ("%java%") do set "release=%%~dpf..\release"
if exist "%release%" for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%release%"') do set "version=%%~v"
if not defined version for /f "tokens=3" %%v in ('call "%java%" -version 2^>^&1 ^| findstr /c:" version "') do set "version=%%~v"
for /f "delims=.-+" %%v in ("%version%") do set "version=%%v"
rem What is left of a number when its digits are taken away is nothing.
set "odd="
if not defined version set "odd=1"
if defined version for /f "delims=0123456789" %%c in ("%version%") do set "odd=1"
if defined odd set "version=unknown"
if defined odd goto bad_java
if %version% geq 17 exit /b 0
:bad_java
>&2 echo whisker: %java% is version %version%; install JDK 17 or newer
exit /b 1

rem A word of these that is no option would be run instead of whisker. Where there are quotes, Java alone is asked.
:check_options
if not defined WHISKER_JAVA_OPTS exit /b 0
setlocal EnableDelayedExpansion
set "rest=!WHISKER_JAVA_OPTS!"
set "bare=!rest:"=!"
if not "!bare!"=="!rest!" goto ask_java
set "last="
:next_option
if not defined rest goto ask_java
set "option="
set "more="
for /f "tokens=1*" %%o in ("!rest!") do (
  set "option=%%o"
  set "more=%%p"
)
set "rest=!more!"
if not defined option goto ask_java
set "is=!option:~0,1!"
if "!is!"=="-" goto good_option
if "!is!"=="@" goto good_option
rem the second words of these are names
if "!last:~0,6!"=="--add-" goto good_option
for %%n in (-p --module-path --upgrade-module-path --limit-modules) do if "!last!"=="%%n" goto good_option
>&2 echo whisker: WHISKER_JAVA_OPTS has '!option!', which is no option of Java; leave it out
exit /b 1
:good_option
set "last=!option!"
goto next_option
:ask_java
rem to be begun once
if not "!WHISKER_JAVA_OPTS:agent=!"=="!WHISKER_JAVA_OPTS!" exit /b 0
if not "!WHISKER_JAVA_OPTS:FlightRecord=!"=="!WHISKER_JAVA_OPTS!" exit /b 0
"%java%" -Xmx2g !WHISKER_JAVA_OPTS! -version >nul 2>nul
if not errorlevel 1 exit /b 0
set "said="
for /f "delims=" %%l in ('call "%java%" -Xmx2g !WHISKER_JAVA_OPTS! -version 2^>^&1') do if not defined said set "said=%%l"
>&2 echo whisker: WHISKER_JAVA_OPTS=!WHISKER_JAVA_OPTS!: Java says: !said!
exit /b 1

rem Code 1 when whisker has to be built.
:stale
if not exist "%jar%" exit /b 1
if not exist "%target%\built" exit /b 1
rem built for the other kind of device
if defined WHISKER_GPU if exist "%target%\lib\pytorch-native-cpu-*.jar" exit /b 1
if not defined WHISKER_GPU if not exist "%target%\lib\pytorch-native-cpu-*.jar" exit /b 1
"%java%" %quiet% %few% -cp "%jar%" org.whisker.cli.NewerSources "%here%" "%target%\built"
exit /b %errorlevel%

:build
set "javac=javac"
if defined JAVA_HOME set "javac=%JAVA_HOME%\bin\javac.exe"
where /q "%javac%" 2>nul || if not exist "%javac%" (
  >&2 echo whisker: found no %javac% to build with; install a JDK, 17 or newer, not only a JRE
  exit /b 1
)
rem Maven, or where there is none one that is fetched once and checked by its hash
set "mvn=mvn"
where /q mvn || set "mvn=%here%\mvnw.cmd"
call "%mvn%" -v >nul 2>nul || (
  >&2 echo whisker: found no mvn to build with, and could not fetch one; connect to a network, or install Maven 3.8 or newer
  exit /b 1
)
if exist "%jar%" (
  >&2 echo whisker: building again: the sources have changed, or WHISKER_GPU
) else (
  >&2 echo whisker: building; the first time Maven downloads some 250 MB of libraries
)
set "gpu="
if defined WHISKER_GPU set "gpu=-Dgpu"
if defined WHISKER_GPU del /q "%target%\lib\pytorch-native-cpu-*.jar" 2>nul
rem The time at which the build began: a source saved meanwhile is newer.
type nul >"%target%\started"
pushd "%here%"
call "%mvn%" -q -B -ntp -Dlauncher %gpu% package 1>&2
set "failed=%errorlevel%"
popd
if not "%failed%"=="0" (
  >&2 echo whisker: the build failed, see above; nothing was run
  exit /b 1
)
move /y "%target%\whisker-new.jar" "%jar%" >nul || exit /b 1
move /y "%target%\started" "%target%\built" >nul || exit /b 1
call :archive
exit /b 0

rem Keeps the loaded classes of a short run and of all help. What fails here costs time alone.
:archive
del /q "%classes%" "%classes%.new" 2>nul
if not exist "%target%\lib\pytorch-native-cpu-*.jar" exit /b 0
"%java%" %quiet% "-XX:ArchiveClassesAtExit=%classes%.new" -Djava.awt.headless=true -Dai.djl.offline=true "-Dwhisker.home=%here%" -cp "%jar%" org.whisker.cli.ArchivedClasses score --device cpu --model "%here%\models\vgg16-mini" "%here%\docs\report.png" >nul 2>nul
if errorlevel 1 goto no_archive
"%java%" %quiet% "-XX:SharedArchiveFile=%classes%.new" -jar "%jar%" --version >nul 2>nul
if errorlevel 1 goto no_archive
move /y "%classes%.new" "%classes%" >nul
exit /b 0
:no_archive
rem a JVM that maps half an archive crashes
del /q "%classes%.new" 2>nul
exit /b 0

rem Code 0 when nothing is asked for but words, which come fastest with few compiled methods.
:words
if "%~1"=="" exit /b 0
:words_next
set "last=%~1"
shift
if not "%~1"=="" goto words_next
if "%last%"=="-h" exit /b 0
if "%last%"=="--help" exit /b 0
if "%last%"=="-V" exit /b 0
if "%last%"=="--version" exit /b 0
exit /b 1
