using static Ferry.Linking.OptionForm;

namespace Ferry.Linking;

/// <summary>
/// Every option that Ferry knows, in two languages: gcc's own, and ld's behind <c>-Wl,</c> and <c>-Xlinker</c>. GCC
/// manual, "Options for Linking"; ld manual, "Command-line Options"; lld's ELF/Options.td. What is in neither table is
/// an error that names it: an option that is silently dropped makes a program that fails later, somewhere else.
/// </summary>
internal static class LinkerOptions
{
    private static readonly LinkerOption[] OfTheDriver =
    [
        new("-o", JoinedOrSeparate, (job, use) => job.Output = use.Value),
        new("-L", JoinedOrSeparate, (job, use) => job.SearchFolders.Add(use.Value)),
        new("-l", JoinedOrSeparate, (job, use) => job.Inputs.Add(new LinkInput.Library(use.Value))),
        new("-u", JoinedOrSeparate, (job, use) => job.Undefined.Add(use.Value), "-C instrument-coverage wants __llvm_profile_runtime"),
        new("-e", JoinedOrSeparate, (job, use) => job.Entry = use.Value),
        new("-T", JoinedOrSeparate, Pass, "a linker script; lld has it under the same name"),
        new("-z", JoinedOrSeparate, Pass),
        new("-s", Alone, (job, _) => job.Strip = StripLevel.Symbols),
        new("-r", Alone, Pass),
        new("-pie", Alone, (job, _) => job.IsPie = true),
        new("-no-pie", Alone, (job, _) => job.IsPie = false),
        new("-nopie", Alone, (job, _) => job.IsPie = false, "OpenBSD's and older clang's -no-pie"),
        new("-static", Alone, (job, _) => job.IsStatic = true),
        new("-static-pie", Alone, (job, _) => job.IsStatic = job.IsPie = true, "lld has no such option: see LldCommand"),
        new("-shared", Alone, (job, _) => job.IsShared = true),
        new("-nostartfiles", Alone, (job, _) => job.NoStartFiles = true),
        new("-nodefaultlibs", Alone, (job, _) => job.NoDefaultLibraries = true),
        new("-nolibc", Alone, (job, _) => job.NoDefaultLibraries = true),
        new("-nostdlib", Alone, (job, _) => job.NoStartFiles = job.NoDefaultLibraries = true),
        new("-rdynamic", Alone, (job, _) => job.Passthrough.Add("--export-dynamic")),
        new("-pthread", Alone, (job, _) => job.Inputs.Add(new LinkInput.Library("pthread"))),
        new("-v", Alone, (job, _) => job.Passthrough.Add("--verbose")),
        new("--sysroot", EqualsOrSeparate, (job, use) => job.Sysroot = use.Value),

        new("-fuse-ld=", Joined, Nothing, "which linker gcc is to start: here it is lld"),
        new("--ld-path=", Joined, Nothing, "the same, clang's"),
        new("-B", JoinedOrSeparate, Nothing, "where gcc finds the linker; rustc 1.90 and newer name rust-lld's folder"),
        new("--target=", Joined, Nothing, "clang's; Ferry knows the target"),
        new("-target", Separate, Nothing, "the same, older"),
        new("-static-libgcc", Alone, Nothing, "about libgcc, which rustc names itself"),
        new("-shared-libgcc", Alone, Nothing),
        new("-static-libstdc++", Alone, Nothing, "for g++ alone: gcc takes no notice of it either"),
        new("-pipe", Alone, Nothing),
        new("-w", Alone, Nothing),
        new("-W", Joined, Nothing, "warnings of the compiler (-Wl, and its kin were unfolded before)"),
        new("-O", Joined, Nothing, "for the compiler: what follows is for code that is compiled on the same line, and there is none"),
        new("-g", Joined, Nothing),
        new("-D", JoinedOrSeparate, Nothing),
        new("-I", JoinedOrSeparate, Nothing),
        new("-fPIC", Alone, Nothing),
        new("-fpic", Alone, Nothing),
        new("-fPIE", Alone, Nothing),
        new("-fpie", Alone, Nothing),
        new("-fno-plt", Alone, Nothing),
        new("-ffunction-sections", Alone, Nothing),
        new("-fdata-sections", Alone, Nothing),
        new("-fvisibility=", Joined, Nothing),
        new("-fstack-protector", Alone, Nothing),
        new("-fstack-protector-strong", Alone, Nothing),
        new("-fno-stack-protector", Alone, Nothing),
        new("-m64", Alone, Nothing, "rustc says it for x86_64; the emulation is the target's"),
        new("-m32", Alone, (job, _) => job.Passthrough.Add("-melf_i386"), "rustc says it for i686; for another target lld names the objects that do not fit"),
        new("-march=", Joined, Nothing, "the same: chooses among a C toolchain's libraries"),
        new("-mcpu=", Joined, Nothing),
        new("-mtune=", Joined, Nothing),
        new("-mfpu=", Joined, Nothing),
        new("-mfloat-abi=", Joined, Nothing),
        new("-mabi=", Joined, Nothing),
        new("-marm", Alone, Nothing),
        new("-mthumb", Alone, Nothing),
    ];

    private static readonly LinkerOption[] OfTheLinker =
    [
        // Where they stand matters.
        new("-Bstatic", Alone, State),
        new("-Bdynamic", Alone, State),
        new("-dn", Alone, State),
        new("-dy", Alone, State),
        new("-non_shared", Alone, State),
        new("-call_shared", Alone, State),
        new("-static", Alone, State, "to ld the same as -Bstatic"),
        new("--as-needed", Alone, State),
        new("--no-as-needed", Alone, State),
        new("--whole-archive", Alone, State),
        new("--no-whole-archive", Alone, State),
        new("--start-group", Alone, State),
        new("--end-group", Alone, State),
        new("-(", Alone, State),
        new("-)", Alone, State),
        new("--start-lib", Alone, State),
        new("--end-lib", Alone, State),
        new("--push-state", Alone, State),
        new("--pop-state", Alone, State),

        new("-o", JoinedOrSeparate, (job, use) => job.Output = use.Value),
        new("--output", EqualsOrSeparate, (job, use) => job.Output = use.Value),
        new("-L", JoinedOrSeparate, (job, use) => job.SearchFolders.Add(use.Value)),
        new("--library-path", EqualsOrSeparate, (job, use) => job.SearchFolders.Add(use.Value)),
        new("-l", JoinedOrSeparate, (job, use) => job.Inputs.Add(new LinkInput.Library(use.Value))),
        new("--library", EqualsOrSeparate, (job, use) => job.Inputs.Add(new LinkInput.Library(use.Value))),
        new("-R", Separate, (job, use) => job.RunPaths.Add(use.Value)),
        new("--rpath", EqualsOrSeparate, (job, use) => job.RunPaths.Add(use.Value)),
        new("--version-script", EqualsOrSeparate, (job, use) => job.VersionScripts.Add(use.Value)),
        new("-u", Separate, (job, use) => job.Undefined.Add(use.Value)),
        new("--undefined", EqualsOrSeparate, (job, use) => job.Undefined.Add(use.Value)),
        new("-e", Separate, (job, use) => job.Entry = use.Value),
        new("--entry", EqualsOrSeparate, (job, use) => job.Entry = use.Value),
        new("--dynamic-linker", EqualsOrSeparate, (job, use) => job.Interpreter = use.Value),
        new("--sysroot", EqualsOrSeparate, (job, use) => job.Sysroot = use.Value),
        new("-s", Alone, (job, _) => job.Strip = StripLevel.Symbols),
        new("--strip-all", Alone, (job, _) => job.Strip = StripLevel.Symbols),
        new("-S", Alone, (job, _) => job.Strip = StripLevel.DebugInfo),
        new("--strip-debug", Alone, (job, _) => job.Strip = StripLevel.DebugInfo),
        new("--shared", Alone, (job, _) => job.IsShared = true),
        new("-Bshareable", Alone, (job, _) => job.IsShared = true),
        new("--pie", Alone, (job, _) => job.IsPie = true),
        new("--pic-executable", Alone, (job, _) => job.IsPie = true),
        new("--no-pie", Alone, (job, _) => job.IsPie = false),

        // lld has the rest under the same names.
        new("-z", JoinedOrSeparate, Pass),
        new("-O", Joined, Pass),
        new("-m", JoinedOrSeparate, Pass),
        new("-T", JoinedOrSeparate, Pass),
        new("-h", Separate, Pass),
        new("-y", JoinedOrSeparate, Pass),
        new("-E", Alone, Pass),
        new("-q", Alone, Pass),
        new("-r", Alone, Pass),
        new("-n", Alone, Pass),
        new("-N", Alone, Pass),
        new("-t", Alone, Pass),
        new("-v", Alone, Pass),
        new("-x", Alone, Pass),
        new("-X", Alone, Pass),
        new("-M", Alone, Pass),
        .. new[]
        {
            "--allow-multiple-definition", "--allow-shlib-undefined", "--no-allow-shlib-undefined", "--Bsymbolic", "--Bsymbolic-functions",
            "--Bno-symbolic", "--be8", "--check-sections", "--no-check-sections", "--cref", "--demangle", "--no-demangle", "--discard-all",
            "--discard-locals", "--discard-none", "--eh-frame-hdr", "--no-eh-frame-hdr", "--emit-relocs", "--enable-new-dtags",
            "--disable-new-dtags", "--export-dynamic", "--no-export-dynamic", "--fatal-warnings", "--no-fatal-warnings",
            "--fix-cortex-a53-843419", "--fix-cortex-a8", "--gc-sections", "--no-gc-sections", "--gdb-index", "--no-gdb-index",
            "--ignore-data-address-equality", "--long-plt", "--merge-exidx-entries", "--no-merge-exidx-entries", "--mmap-output-file",
            "--no-mmap-output-file", "--no-dynamic-linker", "--no-undefined", "--no-undefined-version", "--undefined-version", "--no-relax",
            "--relax", "--no-rosegment", "--rosegment", "--omagic", "--nmagic", "--optimize-bb-jumps", "--print-gc-sections",
            "--print-icf-sections", "--print-map", "--relocatable", "--stats", "--target1-rel", "--target1-abs", "--trace", "--verbose",
            "--version", "--warn-backrefs", "--warn-common", "--no-warn-common", "--warn-ifunc-textrel", "--warn-symbol-ordering",
            "--no-warn-symbol-ordering", "--warn-unresolved-symbols", "--error-unresolved-symbols", "--no-warn-mismatch", "--call-graph-profile-sort",
        }.Select(name => new LinkerOption(name, Alone, Pass)),
        .. new[]
        {
            "--auxiliary", "--compress-debug-sections", "--default-symver", "--defsym", "--dynamic-list", "--dynamic-list-data", "--error-limit",
            "--exclude-libs", "--export-dynamic-symbol", "--export-dynamic-symbol-list", "--filter", "--fini", "--hash-style", "--image-base",
            "--init", "--just-symbols", "--Map", "--mllvm", "--no-dependent-libraries", "--orphan-handling", "--pack-dyn-relocs", "--plugin-opt",
            "--print-archive-stats", "--print-symbol-order", "--require-defined", "--reproduce", "--rpath-link", "--script",
            "--section-ordering-file", "--section-start", "--shuffle-sections", "--soname", "--sort-section", "--symbol-ordering-file",
            "--target2", "--Tbss", "--Tdata", "--Ttext", "--thinlto-cache-dir", "--thinlto-cache-policy", "--thinlto-jobs", "--trace-symbol",
            "--undefined-glob", "--unresolved-symbols", "--why-extract", "--wrap",
        }.Select(name => new LinkerOption(name, EqualsOrSeparate, Pass)),
        .. new[] { "--build-id", "--color-diagnostics", "--icf", "--lto-O", "--threads", "--time-trace", "--thinlto-index-only", "--unique" }
            .Select(name => new LinkerOption(name, EqualsOrAlone, Pass)),
    ];

    private static readonly Dictionary<string, LinkerOption> DriverByName = OfTheDriver.ToDictionary(row => row.Name);

    private static readonly Dictionary<string, LinkerOption> LinkerByName = OfTheLinker.ToDictionary(row => LinkerKey(row.Name));

    /// <summary>Lets the word at <paramref name="at"/> have its effect. Returns how many words it took.</summary>
    public static int Read(IReadOnlyList<LinkerToken> tokens, int at, LinkJobDraft draft)
    {
        var token = tokens[at];
        if (!token.Text.StartsWith('-'))
        {
            draft.Inputs.Add(new LinkInput.File(token.Text));
            return 1;
        }

        var option = Find(token, out var value) ?? throw Unknown(token);
        if (value is not null)
        {
            option.Effect(draft, new(value, [token.Text]));
            return 1;
        }

        if (at + 1 == tokens.Count || tokens[at + 1].ForLinker != token.ForLinker)
        {
            throw new LinkerLineException(token.Origin, $"linker option '{token.Text}' wants a value behind it");
        }

        option.Effect(draft, new(tokens[at + 1].Text, [token.Text, tokens[at + 1].Text]));
        return 2;
    }

    // The row, and the value that is in the word itself: empty if the option has none, null if it is the next word.
    private static LinkerOption? Find(LinkerToken token, out string? value) =>
        Whole(token, out value) ?? BehindEquals(token, out value) ?? Prefixed(token, out value);

    private static LinkerOption? Whole(LinkerToken token, out string? value)
    {
        var row = Row(token, token.Text);
        value = row?.Form is Separate or JoinedOrSeparate or EqualsOrSeparate ? null : "";
        return row;
    }

    private static LinkerOption? BehindEquals(LinkerToken token, out string? value)
    {
        var equals = token.Text.IndexOf('=');
        value = token.Text[(equals + 1)..];
        return equals > 0 && Row(token, token.Text[..equals]) is { Form: EqualsOrSeparate or EqualsOrAlone } row ? row : null;
    }

    private static LinkerOption? Prefixed(LinkerToken token, out string? value)
    {
        // ld takes two dashes for long options only: --lfoo is not -l foo.
        var isLong = token.ForLinker && token.Text.StartsWith("--", StringComparison.Ordinal);
        for (var length = token.Text.Length - 1; length > 1 && !isLong; length--)
        {
            if (Row(token, token.Text[..length]) is { Form: Joined or JoinedOrSeparate } row)
            {
                value = token.Text[length..];
                return row;
            }
        }

        value = null;
        return null;
    }

    private static LinkerOption? Row(LinkerToken token, string name) =>
        token.ForLinker ? LinkerByName.GetValueOrDefault(LinkerKey(name)) : DriverByName.GetValueOrDefault(name);

    private static string LinkerKey(string name) => name.StartsWith("--", StringComparison.Ordinal) ? name[1..] : name;

    // rustc starts the linker again, with other options, when it reads "unknown" or "unrecognized" next to "option" or
    // "argument" in what the linker says (rustc_codegen_ssa, back/link.rs): other words, then.
    private static LinkerLineException Unknown(LinkerToken token) => new(
        token.Origin,
        token.Text == token.Origin ? $"the linker line has '{token.Text}', which Ferry does not know" : $"the linker line has '{token.Text}' (in '{token.Origin}'), which Ferry does not know",
        token.Text.StartsWith("-fsanitize", StringComparison.Ordinal) || token.Text.StartsWith("-fprofile", StringComparison.Ordinal)
            ? "gcc would add a library of its own for it; link that library by its name (-l)"
            : "rustc itself does not write it: look for -C link-arg and -C link-args (RUSTFLAGS, rustflags in .cargo/config.toml) and for cargo::rustc-link-arg in build scripts");

    private static void Nothing(LinkJobDraft job, OptionUse use)
    {
    }

    private static void Pass(LinkJobDraft job, OptionUse use) => job.Passthrough.AddRange(use.Words);

    private static void State(LinkJobDraft job, OptionUse use) => job.Inputs.Add(new LinkInput.State(use.Words[0]));
}
