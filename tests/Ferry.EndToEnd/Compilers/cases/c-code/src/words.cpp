#include <cstring>
#include <string>
#include <vector>

extern "C" int words_longest(const char *text) {
    std::vector<std::string> words(1);
    for (; *text; text++) {
        if (*text == ' ') words.emplace_back(); else words.back() += *text;
    }
    size_t longest = 0;
    for (auto &word : words) longest = word.size() > longest ? word.size() : longest;
    try {
        if (longest == 0) throw std::string("none");
    } catch (const std::string &) {
        return -1;
    }
    return static_cast<int>(longest);
}
