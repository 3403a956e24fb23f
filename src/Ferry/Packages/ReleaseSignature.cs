using Ferry.Devices;
using Ferry.Packages.Formats;
using Ferry.Remote;

namespace Ferry.Packages;

/// <summary>
/// Verifies a Release file as the device's own apt would: on the device, by its own gpgv or sqv, with the keys that its own sources name. Nothing is
/// left there. docs/decisions/0015-packages.md says why there.
/// </summary>
internal sealed class ReleaseSignature(RunRemoteScript run, DevicePackages packages, string device)
{
    private const string Marker = "==ferry-verify==";
    private const string StatusPrefix = "[GNUPG:] ";

    /// <summary>RFC 9580, 9.5: SHA-256, SHA-384, SHA-512, SHA-224, SHA3. MD5, SHA-1 and RIPEMD prove nothing any more.</summary>
    private static readonly string[] SoundHashes = ["8", "9", "10", "11", "12", "14"];

    /// <summary>Null when it is good; else what stands against it.</summary>
    public string? Objection(AptSource source, SignedText text)
    {
        var keyrings = source.SignedBy.Where(DevicePath.IsPlain).ToList();
        var fingerprints = source.SignedBy.Where(word => word.Length >= 16 && word.TrimEnd('!').All(char.IsAsciiHexDigit)).Select(word => word.TrimEnd('!').ToUpperInvariant()).ToList();
        if (keyrings.Count + fingerprints.Count < source.SignedBy.Count)
        {
            return $"its Signed-By is not understood: {string.Join(' ', source.SignedBy)}";
        }

        if (keyrings.Count == 0 && source.Key is null)
        {
            keyrings = [.. packages.Keyrings];
        }

        return Judge(DeviceLines.Of(run, Marker, Script(keyrings, source.Key, text), device), fingerprints);
    }

    // Armoured keys are unpacked first, as apt does: gpgv takes only plain ones. The clock of a device without a battery says 1970.
    private static string Script(IEnumerable<string> keyrings, string? key, SignedText text) => $$"""
        folder=$(mktemp -d) || return
        chmod 700 "$folder"
        ferry_here() { base64 -d >"$folder/$1"; }
        {{HereDocument("content", text.Content)}}
        {{HereDocument("signature", text.Signature)}}
        {{HereDocument("key", key is null ? [] : System.Text.Encoding.UTF8.GetBytes(key))}}
        count=0
        set --
        for key in "$folder/key" {{string.Join(' ', keyrings)}}; do
          [ -s "$key" ] || continue
          count=$((count + 1))
          if grep -q -e '^-----BEGIN PGP' "$key"; then
            sed -e '/^-----BEGIN/,/^[[:space:]]*$/d' -e '/^[=-]/d' "$key" | base64 -d >"$folder/$count.gpg"
          else
            cat "$key" >"$folder/$count.gpg"
          fi
          set -- "$@" --keyring "$folder/$count.gpg"
        done
        if [ $count = 0 ]; then
          printf 'ferry no-keys\n'
        elif command -v gpgv >"$folder/which"; then
          gpgv --homedir "$folder" --ignore-time-conflict --status-fd 1 "$@" "$folder/signature" "$folder/content"
          printf 'ferry gpgv %s\n' $?
        elif command -v sqv >"$folder/which"; then
          sqv "$@" "$folder/signature" "$folder/content" 2>&1
          printf 'ferry sqv %s\n' $?
        else
          printf 'ferry no-tool\n'
        fi
        rm -rf "$folder"
        """;

    private static string HereDocument(string name, byte[] bytes) =>
        $"ferry_here {name} <<'ferry-bytes'\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}\nferry-bytes".ReplaceLineEndings("\n");

    private static string? Judge(IReadOnlyList<string> lines, List<string> fingerprints) => lines.LastOrDefault(line => line.StartsWith("ferry ", StringComparison.Ordinal))?.Split(' ') switch
    {
        ["ferry", "no-keys"] => "the device has no key for it",
        ["ferry", "no-tool"] => "the device has neither gpgv nor sqv, so its own apt could not verify it either",
        ["ferry", "sqv", "0"] => fingerprints.Count == 0 || lines.Any(line => fingerprints.Contains(line.Trim().ToUpperInvariant())) ? null : "it is signed by another key than its source names",
        ["ferry", "sqv", _] => "sqv on the device says: " + string.Join("; ", lines.Where(line => line.Length > 0 && !line.StartsWith("ferry ", StringComparison.Ordinal)).Take(3)),
        ["ferry", "gpgv", _] => ByGpgv([.. lines.Where(line => line.StartsWith(StatusPrefix, StringComparison.Ordinal)).Select(line => line[StatusPrefix.Length..].Split(' '))], fingerprints),
        _ => "the device gave no answer about it",
    };

    // doc/DETAILS of GnuPG. One good signature is enough: archives are signed by old and new keys at once, and a device may know only one.
    private static string? ByGpgv(List<string[]> status, List<string> fingerprints)
    {
        if (status.Any(words => words[0] == "BADSIG"))
        {
            return "its signature does not fit its content";
        }

        for (var i = 0; i + 1 < status.Count; i++)
        {
            // GOODSIG is said of good signatures of keys that are neither expired nor revoked; VALIDSIG follows, with the details.
            if (status[i][0] == "GOODSIG" && status.Skip(i + 1).TakeWhile(words => words[0] is not ("GOODSIG" or "NEWSIG")).FirstOrDefault(words => words[0] == "VALIDSIG") is { Length: > 10 } valid
                && SoundHashes.Contains(valid[8]) && (fingerprints.Count == 0 || fingerprints.Contains(valid[1]) || fingerprints.Contains(valid[10])))
            {
                return null;
            }
        }

        return status.FirstOrDefault(words => words[0] is "EXPKEYSIG" or "REVKEYSIG" or "EXPSIG") is { } late
            ? late[0] switch { "REVKEYSIG" => "its key was revoked", "EXPSIG" => "its signature has expired", _ => "its key has expired on the device" }
            : status.FirstOrDefault(words => words[0] == "NO_PUBKEY") is { Length: > 1 } unknown ? $"the device has no key for it (NO_PUBKEY {unknown[1]})"
            : "it has no good signature";
    }
}
