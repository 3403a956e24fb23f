using System.Text.RegularExpressions;

namespace Ferry.Elf.Instructions;

/// <summary>
/// Who in a program asks what the processor can do, and for whom: std_detect and the crate cpufeatures, getauxval, the variables in which OpenSSL, ring, FFmpeg
/// and their like keep the answer. Code compiled for a newer processor as a whole asks nothing: rustc and Clang know the answer then.
/// </summary>
internal sealed partial class ProcessorQuestions
{
    private readonly Lazy<HashSet<ulong>> answers;
    private readonly HashSet<string> askingCrates = [];
    private readonly HashSet<FunctionPlace> asking = [];
    private readonly HashSet<FunctionPlace> calledByAsking = [];
    private readonly ElfMachine machine;

    public ProcessorQuestions(ElfFile file, List<CodePlace> places)
    {
        machine = file.Machine;
        answers = new(() => Answers(file));
        if (machine == ElfMachine.AArch64 && places.Count > 0 && answers.Value.Count > 0)
        {
            Follow(file, places);
        }
    }

    /// <summary>Whether a look at the processor may stand before these instructions.</summary>
    public bool Precede(CodePlace place)
    {
        if (place.Function is not { } function)
        {
            return false;
        }

        var crate = SymbolCrate.Of(function.Name);
        return machine == ElfMachine.Arm ? crate is null && Variant().IsMatch(function.Name) && answers.Value.Count > 0
            : asking.Contains(function) || calledByAsking.Contains(function)
            || (crate is null ? asking.Any(one => SymbolCrate.Of(one.Name) is null) : askingCrates.Contains(crate));
    }

    // What an instruction speaks of when its function asks: the variables, the functions that answer, and how code reaches them in libraries.
    private static HashSet<ulong> Answers(ElfFile file)
    {
        var found = file.Symbols.Concat(file.DynamicSymbols).Where(symbol => symbol.IsDefined && symbol.Value != 0 && Answer().IsMatch(symbol.Name)).Select(symbol => symbol.Value).ToHashSet();
        found.UnionWith(ImportPlaces.Of(file, Answer().IsMatch));
        return found;
    }

    private void Follow(ElfFile file, List<CodePlace> places)
    {
        var functions = new FunctionMap(file);
        var targets = new Dictionary<ulong, FunctionPlace>();
        foreach (var function in places.Select(place => place.Function).OfType<FunctionPlace>().Distinct())
        {
            targets.TryAdd(file.SectionArray[function.Section].Address + (ulong)function.Start, function);
        }

        var calls = new List<(FunctionPlace From, FunctionPlace To)>();
        var wanted = answers.Value.Concat(targets.Keys).ToHashSet();
        foreach (var region in CodeMap.Of(file).Where(region => region.State == CodeState.A64))
        {
            foreach (var (offset, address) in A64References.To(wanted, file, region))
            {
                if (functions.PlaceAt(region.Section, offset) is not { } from)
                {
                    continue;
                }

                if (targets.TryGetValue(address, out var to))
                {
                    calls.Add((from, to));
                }
                else if (SymbolCrate.Of(from.Name) is var crate && !SymbolCrate.IsRustsOwn(crate) && !RunTimeChoices.Contain(from.Name) && !IsStartUp(from.Name))
                {
                    asking.Add(from);
                    askingCrates.UnionWith(crate is null ? [] : [crate]);
                }
            }
        }

        calledByAsking.UnionWith(calls.Where(call => asking.Contains(call.From)).Select(call => call.To));
    }

    // libgcc's and compiler_builtins' own question about LSE, and the C library's start, stand in every program.
    private static bool IsStartUp(string name) => name is "init_have_lse_atomics" or "getauxval" or "__getauxval" or "__libc_start_main" or "__init_libc" or "_start";

    [GeneratedRegex("^(__)?getauxval$|^elf_aux_info$|std_detect.*(detect_and_initialize|5CACHE)|_hwcap.*(STORAGE|init_inner)|armcap|hwcap2?$|cpu_?(features?|caps|flags|info)|featureflags|simd_support", RegexOptions.IgnoreCase)]
    private static partial Regex Answer();

    // How libraries name the variant of a function: bn_mul8x_mont_neon, sha256_block_data_order_armv8, png_read_filter_row_up_neon, aes_v8_encrypt.
    [GeneratedRegex("neon|armv[78]|(^|_)v8(_|$)|vfpv?[34]|idiv|crc32|vpaes|bsaes", RegexOptions.IgnoreCase)]
    private static partial Regex Variant();
}
