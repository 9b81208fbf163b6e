title = Assay
private = Your data stays in this browser
data = Data
overview = Compare
examples = Examples
new-version = A new version of Assay is ready. It starts when the page is loaded again.
new-version-tabs = { $tabs ->
    [one] Another tab still uses the older version. Close it, then press Reload again.
   *[other] { $tabs } other tabs still use the older version. Close them, then press Reload again.
}
new-version-reload = Reload
words-missing = The words in { $language } could not be loaded ({ $detail }). Check the connection and try again, or reload the page.
theme = Light or dark
home-question = Is the fine-tuned model better, at what, and can you prove it?
home-promise = Drop in what two or more systems wrote. Assay scores it, tests every difference, shows where it is worse, gathers people’s ratings, and writes the report. All of it is computed in this browser: nothing is uploaded.
formats = What it opens
formats-hint = Choose one to see how such a file begins. Columns and roles are found by themselves and can be changed.
commands = Find a page, a measure or an action
commands-hint = Type a page, a measure or an action …
commands-none = Nothing fits these words.
command-page = page
command-action = action
command-language = Switch to Chinese (中文)
state-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
state-measures = { $count ->
    [one] 1 measure
   *[other] { $count } measures
}
state-running = running
drop = Drop your systems’ outputs here
drop-hint = CSV, TSV, JSON, JSONL, Excel, Parquet, Arrow or line-aligned plain text, also packed (gzip, zip, zstd). Several files at once are joined by id or by line. Logs of Inspect, lm-eval, OpenCompass, evalscope, HELM and others are read with their scores, and so are their folders. Training logs, A/B tests, judgements and programs go where they belong.
choose = Choose files
choose-folder = Choose a folder
paste = Paste text
paste-load = Load text
paste-label = A table, or lines of text to score
try = Try the example
single-file = This is Assay as one file. It asks nothing of any network address. The default models and Python for programs are not in it. Whether projects are kept for the next time depends on the browser: download a backup before you close the page.
job-import = Reading: { $percent } %
job-import-rows = { $done ->
        [one] Reading: { $done } row
       *[other] Reading: { $done } rows
    }
job-score = Scoring: { $percent } %
stop = Stop
import-failure-stopped = Stopped. Your earlier data is still loaded.
loaded = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
    } from { $files }
overlap = Was it trained on the test?
overlap-hint = Drop the training files here. Assay looks for each row’s prompt and references in them: shared n-grams of 8 and 13 tokens (Chinese by characters), and near-duplicates. The files are only read; nothing of them is kept but the places that are shown.
overlap-choose = Choose training files
overlap-column = In training data: { $files }
overlap-yes = yes
overlap-no = no
overlap-found = Rows found in { $files }: { $found } of { $rows } ({ $training ->
    [one] { $training } training row
   *[other] { $training } training rows
  } read).
overlap-none-found = Rows found in { $files }: none of { $rows } ({ $training ->
    [one] { $training } training row
   *[other] { $training } training rows
  } read).
overlap-by-reference = Of those, { $count ->
    [one] { $count } row is found by a reference alone: the prompt is not there.
   *[other] { $count } rows are found by a reference alone: the prompt is not there.
  }
overlap-with-13 = { $count ->
    [one] { $count } row shares at least one 13-gram with the training files (the bound of GPT-3).
   *[other] { $count } rows share at least one 13-gram with the training files (the bound of GPT-3).
  }
overlap-not-compared = { $count ->
    [one] { $count } row cannot be compared: its texts have fewer than 5 tokens, or are instructions that many rows share.
   *[other] { $count } rows cannot be compared: their texts have fewer than 5 tokens, or are instructions that many rows share.
  }
overlap-slice = Scores with and without them stand side by side under “{ $column }”, among the slices of every measure.
overlap-see = See the slices
overlap-rows = The rows that are most alike, with the place in the training files
overlap-row = Row
overlap-in = Text
overlap-in-prompt = Prompt
overlap-in-reference = Reference
overlap-share-8 = 8-grams
overlap-share-13 = 13-grams
overlap-similarity = Similarity
overlap-place = In the training files
overlap-place-is = { $file }, row { $row }
overlap-is-found = found
overlap-rules = A row is found if 70 % of the 8-grams of its prompt or of a reference are in the training files (the bound of PaLM), or if one training text has a Jaccard similarity of at least 0.8, over 5-grams. Instructions that more than a tenth of the rows share are left out. A row that was reworded or translated is not found by this.
roles = Columns
role-hint = Roles were guessed from the data. Change any that are wrong.
column = Column
role = Role
first-rows = First rows
role-id = ID
role-source = Prompt or source
role-reference = Reference
role-hypothesis = System output
role-slice = Slice
role-cluster = Cluster (document, conversation or user)
role-repeat = Repeat (which sample of an item)
role-label = Label
role-prediction = Prediction
role-probability = Probability
role-measure = Measure
role-number = Number
measure-of-none = of no system
measure-way = Better values of
measure-least = from
measure-most = to
role-ignored = Not used
problems = Skipped rows: { $count }
problems-hint = These rows could not be read. All other rows are loaded.
line = { $file }, line { $line }
blanks = Empty outputs of { $system }, scored as empty text: { $count }
see-scores = See the scores
need-data = Scoring needs a reference and the outputs of at least one system. Load them, or try the example.
need-roles = No column has the role “{ $missing }”. Set roles on the Data page.
go-data = Go to Data
measure = Measure
system = System
baseline = Baseline
score = Score
interval = 95 % CI
change = Change
chance = Significance
wins = Wins / ties / losses
sample-size = n = { $count }
verdict-better = { $total ->
    [one] { $system } is significantly better than { $baseline } on the one measure.
   *[other] { $system } is significantly better than { $baseline } on { $better } of { $total } measures and significantly worse on none.
    }
verdict-same = { $total ->
    [one] { $system } does not differ significantly from { $baseline } on the one measure.
   *[other] { $system } does not differ significantly from { $baseline } on any of { $total } measures.
    }
verdict-too-few = { $units ->
    [one] One row or cluster: too few
   *[other] { $units } rows or clusters: too few
    } to tell whether { $system } differs from { $baseline }; about { $needed } would do.
verdict-describes = These measures need no reference. They describe { $system } and { $baseline } but do not show which is better.
better = significantly better
worse = significantly worse
same = not significant
obstacle-describes = describes only
obstacle-too-few = too few rows to tell
too-few-needed = n = { $units } is too few to tell, about { $needed } would do
obstacle-hardly-varies = too few rows differ
effect-words = effect size: { $size } (d = { $d }); wins { $share } % of rows, ties counted as half: { $share-size }
effect-negligible = negligible
effect-small = small
effect-medium = medium
effect-large = large
margin = Smallest change that matters
margin-hint = In the measure’s own unit. With it the page tells changes that matter from those that do not, and “no worse” from “not enough data”.
margin-better = { $system } is better than { $baseline } by at least { $margin }: the whole confidence interval says so.
margin-worse = { $system } is worse than { $baseline } by at least { $margin }: the whole confidence interval says so.
margin-equivalent = { $system } and { $baseline } are equivalent: the confidence interval excludes a change of { $margin } either way.
margin-no-worse = { $system } is no worse than { $baseline } by { $margin } or more; it may be better.
margin-open = Not enough data to tell whether { $system } differs from { $baseline } by { $margin }.
power-rows = To detect a change of { $amount } for { $system } with 80 % power you need about { $needed ->
    [one] one row
   *[other] { $needed } rows
    }; there are { $units }.
power-clusters = To detect a change of { $amount } for { $system } with 80 % power you need about { $needed ->
    [one] one cluster
   *[other] { $needed } clusters
    }; there are { $units }.
is-baseline = baseline
test-note = n = { $segments }. ± is half the 95 % confidence interval ({ $resamples } resamples). p-values: { $test }, { $samples } samples, seed { $seed }. p < 0.05 counts as significant.
resampled-by = Rows with the same { $column } are not independent, so whole clusters were resampled. Clusters: { $clusters }; rows: { $rows }.
resampled-by-repeats = Samples with the same { $column } are not independent, so all samples of an item were resampled together. Items: { $clusters }; rows: { $rows }.
yes-no-note = Measures with yes or no for each row: p-values by McNemar’s exact test, confidence intervals by Wilson, those of differences by Newcombe.
no-interval-one = none: a single row or cluster
no-interval-equal = none: all resamples are equal
holm-note = With more than two systems, p-values are corrected for multiple comparisons (Holm).
tok-zh = Some or all references are Chinese: BLEU uses the zh tokeniser and ROUGE counts characters (zh-char), because the default tokenisers do not split Chinese into words.
tok-ja = The references are Japanese: BLEU counts characters and ROUGE uses the zh-char tokeniser, because the default tokenisers need spaces between words.
tok-ko = The references are Korean: BLEU counts characters.
signature = Signature
options = Options
higher = higher is better ↑
slices = Slices
slice-hint = Click a slice to see its rows.
export-json = Results as JSON
export-csv = Results as CSV
export-segments = Row scores as CSV
search = Search texts
order = Sort by
order-file = file order
order-lowest = lowest score first
order-highest = highest score first
order-drop = largest drop first
from = Minimum score
to = Maximum score
rows-found = Rows: { $count }
annotations = Star, tags and note
star = Star
tag = Tag
tags = Tags
note = Note
any-tag = any
tag-count = { $tag } ({ $count })
starred-count = ★ { $count }
noted-count = With a note: { $count }
tagged = tag: { $tag }
untagged = without tag: { $tag }
add-tag = Add tags
with-rows = With these rows ({ $count })
tag-all = Tag all { $count ->
    [one] one row
   *[other] { $count } rows
}
untag-all = Remove the tag { $tag } from all { $count ->
    [one] one row
   *[other] { $count } rows
}
tag-first = The first rows in this order:
tags-hint = Rows with a tag and rows without it are scored and tested like slices on the Compare page (the 30 tags with the most rows). As you choose tags after reading outputs, the verdict leaves them out.
rows-as-csv = Rows as CSV
rows-as-jsonl = Rows as JSONL
rows-as-xlsx = Rows as Excel workbook
annotations-elsewhere = Stars, tags and notes of { $count ->
    [one] one row
   *[other] { $count } rows
} that this data does not have are kept, and come back with the rows.
annotation-star = star of row { $row }
annotation-unstar = no star on row { $row }
annotation-tag = { $rows ->
    [one] tag { $tag } on row { $row }
   *[other] tag { $tag } on { $rows } rows
}
annotation-untag = { $rows ->
    [one] tag { $tag } off row { $row }
   *[other] tag { $tag } off { $rows } rows
}
annotation-note = note on row { $row }
no-rows = No row matches the filter.
clear = Clear filter
pick = Select a row to see its prompt, reference and outputs. Press j for the first row, ? for all keys.
reference = Reference
differences = Differences
missing-mark = only in the reference
added-mark = only in the output
slice-is = { $name }: { $value }
pages = Pages
undo = Back to { $files }
memory = Memory in use: { $mb } MB
seconds-left = about { $count } s left
minutes-left = about { $count } min left
comma = {", "}
colon = {": "}
compute-error-worker-died = Scoring stopped: { $detail }. Scores so far are kept. To continue, close other tabs to free memory, then change any setting.
one-system = Only one system is loaded ({ $system }). Load a second one to compare.
page-parts = Parts of this page
part-measures = Measures
part-slices = Slices
part-domains = Domains
part-analyses = Further analyses
part-classes = Classes
part-rounds = Rounds
effects-by-measure = How large the difference is under each measure
effects-by-slice = { $measure } in each slice
effects-hint = Right of the line is better. In standard deviations of the rows’ differences: 0.2 is small, 0.5 medium, 0.8 large. Lines are 95 % intervals.
effect-column = Size (d)
answer-size = { $measure } { $change } (95 % CI { $low } to { $high }), effect { $size }
verdict-waiting = { $system }: running significance tests …
verdict-stopped = Scoring was stopped before it was complete.
verdict-worse = { $total ->
    [one] { $system } is significantly worse than { $baseline } on the one measure.
   *[other] { $system } is significantly worse than { $baseline } on { $worse } of { $total } measures and significantly better on none.
    }
verdict-mixed = { $system } is significantly better than { $baseline } on { $better } of { $total } measures and significantly worse on { $worse }.
verdict-slice = On { $name }: { $value } it is significantly worse on { $count ->
    [one] { $count } measure
   *[other] { $count } measures
    }.
test = Test
test-bs = paired bootstrap
test-ar = approximate randomisation
samples = Samples
seed = Seed
p-of = { $p } ({ $samples } samples)
p-of-mcnemar = { $p } (McNemar; yes only from { $system }: { $own }, only from { $baseline }: { $base })
slice = Slice
slice-note = ▲ and ▼ mark slices that differ significantly from the baseline; p-values are corrected over all slices (Holm). The dashed line is the baseline.
slice-tags = p-values of tags are corrected among themselves.
count-column = n
distribution = Row scores
distribution-hint = Click a bar to see its rows.
bin = { $system }: { $count ->
    [one] { $count } row
   *[other] { $count } rows
    } from { $low } to { $high }
as-table = Show as table
copy = Copy
below = below { $value }
marking = Highlight
ngrams = Matched n-grams
plain = None
wide = Widen
blank = empty output
gram = { $n }-gram
key-next = next row
key-previous = previous row
key-search = search texts
key-filter = filter by score
key-differences = show or hide differences
key-ngrams = show or hide matched n-grams
key-star = star or unstar the row
key-tag = add tags
key-note = write a note
key-wide = widen or restore the detail
key-help = show these keys
lower = lower is better ↓
perplexity = Perplexity
perplexity-hint = How unexpected a language model finds the texts, token by token. The model runs in this page; neither the model nor the texts leave your browser.
perplexity-needs = Load texts first: system outputs, or any column.
perplexity-tells = What you will see
perplexity-tells-texts = How well a model predicts your texts: the perplexity of each system’s outputs, or of any column, with its interval. Lower means less unexpected.
perplexity-tells-two = Whether fine-tuning helped: open the model before and after it, and see which one predicts the same texts better, with a test. On texts from outside the domain this shows forgetting.
perplexity-tells-tokens = Where it comes from: on Examples each token is shaded by how unexpected it was.
perplexity-example = An example: an answer of a support bot under SmolLM2-135M-Instruct. Below each token is its surprisal in bits; a darker shade is more unexpected.
perplexity-example-mean = { $count } tokens with { $bits } bits each on average: a perplexity of 2^{ $bits } ≈ { $perplexity }.
default-model = Open SmolLM2-135M-Instruct (98 MB)
choose-model = Choose a GGUF file
add-adapter = Add a LoRA adapter to the first model
add-adapter-hint = One GGUF file, or adapter_config.json and adapter_model.safetensors together. It is not merged; the first model stays as it is.
model-places = The default model comes with this page (Apache-2.0). Other small models you can download:
model-places-alone = The default model is not in this file. Small models you can download:
model-family = architecture
model-kind = quantisation
model-parameters = parameters
model-bytes = size
model-context = context
model-licence = licence
model-adapter = runs on
model-seconds = load time
model-speed = tokens per second
not-named = not given in the file
cpu = CPU
no-gpu = This browser does not offer WebGPU. Use a current Chrome or Edge, or Safari 26, or score on the CPU: 100 tokens take about two seconds with the default model, and proportionally longer with larger ones.
software-gpu = WebGPU in this browser runs in software, without a graphics card. The CPU is faster here (choose it under “Runs on”). If the computer has a graphics card, turn on hardware acceleration in the browser’s settings.
job-load-model = Loading the model: { $done } of { $total }
job-perplexity = Scoring with the model: { $done } of { $total ->
    [one] { $total } text
   *[other] { $total } texts
    }, { $speed } tokens per second
texts = Texts
score-alone = outputs alone
score-response = outputs as responses to the prompt
convention = Method
convention-text = whole text
convention-sliding = sliding window (Hugging Face)
convention-rolling = rolling (EleutherAI)
convention-llama-perplexity = llama-perplexity
window-length = Window length
stride = Stride
backend = Runs on
score-now = Score
resume-paused = Resume the paused run
texts-done = { $done } of { $total ->
    [one] { $total } text
   *[other] { $total } texts
    } scored
tokens = Tokens
bits-per-byte = Bits per byte
word-perplexity = Perplexity per word
see-overview = Show with the other measures
surprise = Surprisal
surprise-hint = Surprisal of each token in bits (how unexpected it is to the model):
bits = { $bits } bits
bits-and-rank = { $bits } bits; choice { $rank } of the model; { $expected } bits expected
key-surprise = cycle through surprisal of each model, their difference, off
second-model = Second model (for comparison)
use-kept = Open { $name } ({ $size }, on this device)
keep-model = Save on this device ({ $size })
job-keep-model = Saving to this device: { $done } of { $total }
close = Close
kept = Saved on this device
kept-scores = scores and tokens of texts
remove = Remove
remove-name = Remove { $name }
model-needs = GPU memory needed (estimate)
model-memory = GPU memory reserved
model-cpu-memory = memory
all-outputs = all systems’ outputs
scored-as = Scored as
pause = Pause
resume = Resume
paused = Paused: { $done } of { $total ->
    [one] { $total } text
   *[other] { $total } texts
    } scored
model = Model
mean-perplexity = Mean over texts
byte-perplexity = Perplexity per byte
token-figures = What the model says of the tokens
top-tokens = { $count ->
        [1] First choice
       *[other] Among the first { $count }
    }
mean-surprisal = Surprisal, bits
mean-entropy = Expected (entropy), bits
beyond-expected = Surprisal less expected
lowest-fifth = Lowest fifth (Min-20%), bits
token-figures-hint = How often the token that follows was the model’s first choice, or among its first ones. A surprisal above what the model expected means that the texts are unlike what it was trained on. Min-K% Prob (Shi et al. 2024) is the mean log-probability of the fifth of the tokens that are least probable: on texts that a model has seen in training it is closer to 0 than on new ones, so compare training texts with test texts. It is a hint, no proof.
column-more = { $name }: distribution and slices
models-better = { $texts }: perplexity is significantly lower under { $second } than under { $first } ({ $p }).
models-worse = { $texts }: perplexity is significantly higher under { $second } than under { $first } ({ $p }).
models-same = { $texts }: { $first } and { $second } do not differ significantly ({ $p }).
models-undecided = { $texts }: no verdict on { $first } and { $second }, { $reason } ({ $p }).
surprise-of = Surprisal: { $model }
shift-hint = Surprisal under the second model minus surprisal under the first, in bits:
ratings = Ratings
ratings-drop = Drop a file of human ratings or judge verdicts here
ratings-hint = How people judge the outputs: points, yes or no, or which of two is better. See which system people prefer, how well raters agree, and which measure agrees with them. The file does not leave this page.
ratings-choose = Choose a ratings file
ratings-try = Try example ratings
ratings-add = Add a file beside these
ratings-add-hint = For example a judge’s verdicts beside people’s ratings: they are matched by item and system.
judge-try = Try example ratings with a judge
by-models = Judged by models only.
rater-is-person = person
rater-is-model = model
rater-make-person = Treat as a person
rater-make-model = Treat as a model
rater-change-kind = { $rater }: { $change }
rank = Rank
rank-first = First: { $systems }, significantly ahead of all others ({ $items ->
    [one] one item
   *[other] { $items } items
    }).
rank-tied = Tied for first: { $systems }. None of the others is significantly stronger ({ $items ->
    [one] one item
   *[other] { $items } items
    }).
rank-few = Too little evidence for a ranking ({ $items ->
    [one] one item
   *[other] { $items } items
    }). Possibly first: { $systems }.
ratings-layouts = Accepted layouts
ratings-long = One row per judgement:
ratings-wide = One row per output, one column per dimension:
ratings-pairs = Two outputs side by side and the winner (or tie):
ratings-tools = Exports from Label Studio (JSON, JSON-MIN, CSV), Argilla (JSON, JSONL, CSV), Prodigy and doccano; judgements by models from MT-bench (FastChat) and AlpacaEval; feedback columns from LangSmith, Langfuse and Braintrust; tables with one column per rater (annotator1, annotator2 …).
ratings-loaded = { $file }: { $raters ->
    [one] { $raters } rater
   *[other] { $raters } raters
    }, { $items ->
    [one] { $items } item
   *[other] { $items } items
    }
ratings-skipped = Skipped: { $reasons }.
ratings-skipped-not-a-number = { $count ->
    [one] { $count } value that is not a number
   *[other] { $count } values that are not numbers
    }
ratings-skipped-no-winner = { $count ->
    [one] { $count } comparison without two systems and a winner
   *[other] { $count } comparisons without two systems and a winner
    }
ratings-skipped-discarded = { $count ->
    [one] { $count } answer that was discarded, cancelled or not submitted
   *[other] { $count } answers that were discarded, cancelled or not submitted
    }
ratings-skipped-judge-failed = { $count ->
    [one] { $count } judgement that the judging model failed to give
   *[other] { $count } judgements that the judging model failed to give
    }
ratings-skipped-unreadable = { $count ->
    [one] { $count } row that cannot be read
   *[other] { $count } rows that cannot be read
    }
ratings-unused = Columns not used as ratings: { $reasons }.
ratings-unused-identifier = { $columns } (identifiers)
ratings-unused-time = { $columns } (times)
ratings-unused-measurement = { $columns } (lengths, counts or costs)
ratings-unused-task-data = { $columns } (numbers that came with the task)
ratings-unused-suggestion = { $columns } (suggested by a model)
ratings-unused-words = { $columns } (text)
ratings-linked = Items matched to a row of the data: { $count } of { $total }. Only these can be compared with measures.
ratings-export-long = Ratings as CSV, one row per judgement
ratings-export-wide = Ratings as CSV, one row per output
ratings-export-json = Ratings and results as JSON
people-better = Raters score { $system } significantly higher than { $baseline }: { $change } on average ({ $p }, { $items ->
    [one] { $items } item
   *[other] { $items } items
    }).
people-worse = Raters score { $system } significantly lower than { $baseline }: { $change } on average ({ $p }, { $items ->
    [one] { $items } item
   *[other] { $items } items
    }).
people-same = Ratings of { $system } and { $baseline } do not differ significantly: { $change } on average ({ $p }, { $items ->
    [one] { $items } item
   *[other] { $items } items
    }).
people-few = { $items ->
    [one] One item is
   *[other] { $items } items are
    } too few to tell whether ratings of { $system } and { $baseline } differ: { $change } on average ({ $p }).
pair-few = { $items ->
    [one] One item is
   *[other] { $items } items are
    } too few to tell whether { $winner } or { $loser } is preferred: { $rate } % for the first, ties counted as half ({ $p }).
pair-better = Raters prefer { $winner } to { $loser } in { $rate } % of comparisons, ties counted as half ({ $p }).
pair-same = No significant preference between { $winner } and { $loser }: { $rate } % for the first, ties counted as half ({ $p }).
look-decided = You may stop: this holds however often you look ({ $p }, confidence interval { $interval }).
look-open-items = Not yet: about { $more ->
    [one] one more item
   *[other] { $more } more items
    } would decide it if they are like those so far. You may look after every answer.
look-open-units = Not yet: about { $more ->
    [one] one more unit
   *[other] { $more } more units
    } in each arm would decide it if they are like those so far.
look-even-items = Not decided, and so far the difference is too small to say how many items would decide it.
look-even-units = Not decided, and so far the difference is too small to say how many units would decide it.
mean = Mean
median = Median
ratings-count = Ratings
items-count = Items
outputs-count = Outputs
pair = Pair
against = { $system } vs. { $baseline }
won = Won
lost = Lost
win-rate = Win rate
strengths = Strengths
strengths-hint = log-odds scale: one point more means odds of 2.7 to 1 (Bradley-Terry with ties; Plackett-Luce for rankings)
strengths-penalised = One system won or lost every comparison, so its strength has no finite estimate; a small penalty keeps it finite. Collect more judgements before you rely on it.
raters-differ = How raters differ
raters-differ-hint = Estimated with the systems’ strengths in one model. Order: what being shown first multiplies the odds of winning by; 1 means that the order does not matter. Clarity: how clearly a rater tells systems apart, beside the mean of all raters, which is 1; near 0 means that the choices say nothing of the systems. The 95 % intervals allow for comparisons of one item to depend on each other, and hold for one rater at a time.
raters-differ-count = Comparisons
raters-differ-order = Order
raters-differ-clarity = Clarity
raters-differ-others = { $count ->
    [one] another rater
   *[other] { $count } other raters together
    }
raters-differ-first = { $rater } favours the output shown first.
raters-differ-second = { $rater } favours the output shown second.
raters-differ-chance = { $rater } tells the systems apart less clearly than the others.
raters-equal = Strengths with this held equal
strength = Strength
strength-bootstrap = Bootstrap CI
style-held = With length and style held equal
style-held-hint = The win rates there would be if both outputs were equally long and had as many headings, list items and bold texts: logistic regression (comparisons: { $count }; items: { $items }), as in Chatbot Arena’s style control. It takes the effect of length to be the same for all systems.
style-equal = Held equal
length-controlled = Length-controlled win rate (AlpacaEval 2)
length-controlled-hint = The win rate there would be if both outputs were equally long, by AlpacaEval’s own model without terms for how hard instructions are (length_controlled_minimal in alpaca-eval 0.6.6). The leaderboard uses the variant with these terms, so its numbers differ. No interval is given: the package has none for this variant.
length-controlled-difficulty = The file also says how hard each instruction is (instruction_difficulty). This is not used here.
length-controlled-rate = Length-controlled
length-preferred = Preferred
length-longer = longer outputs
length-shorter = shorter outputs
length-neither = neither
style-length = Length: one standard deviation more multiplies the odds of being preferred by { $odds } { $interval }.
style-headings = Headings: one standard deviation more multiplies the odds of being preferred by { $odds } { $interval }.
style-lists = List items: one standard deviation more multiplies the odds of being preferred by { $odds } { $interval }.
style-bold = Bold texts: one standard deviation more multiplies the odds of being preferred by { $odds } { $interval }.
agreement = Agreement
agreement-hint = Krippendorff’s alpha: 1 is perfect agreement, 0 is random agreement. From 0.8 ratings are reliable; from 0.667 use them with caution.
dimension = Dimension
alpha = Alpha
reading = Interpretation
reading-unknown = no item has two ratings, or all ratings are equal
reading-low = too low to draw conclusions
reading-tentative = enough for tentative conclusions
reading-good = good
raters = Raters
other-coefficients = Other coefficients
show = Show
level-nominal = nominal
level-ordinal = ordinal
level-interval = interval
coefficient-percent = Percent agreement (0 to 1)
coefficient-alpha-interval = Alpha, interval
coefficient-alpha-nominal = Alpha, nominal
coefficient-gwet-ac1 = Gwet’s AC1
coefficient-gwet-ac2 = Gwet’s AC2, quadratic
coefficient-fleiss = Fleiss’ kappa
coefficient-cohen = Cohen’s kappa, mean over pairs
coefficient-icc-2-1 = ICC(2,1)
coefficient-icc-2-k = ICC(2,k)
judges = Models that judge
judges-hint = How far the verdicts of a judge can be trusted. Where people judged the same items, agreement is measured, and the judge’s results are corrected by what people say. Intervals are 95 % confidence intervals over items.
judge-verdicts = { $dimension }: { $count ->
    [one] one verdict
   *[other] { $count } verdicts
    }
judge-position-none = Position bias is unknown: no two outputs were judged in both orders.
judge-position-few = { $items ->
    [one] One item
   *[other] { $items } items
    } judged in both orders: too few to tell whether the order sways it. The output shown first wins { $rate } % { $interval }; both orders agree in { $same } of { $pairs } pairs (first wins both: { $first }, second wins both: { $second }).
judge-position-fair = No significant position bias: the output shown first wins { $rate } % { $interval }, where 50 % means no bias. Both orders agree in { $same } of { $pairs } pairs on { $items ->
    [one] one item
   *[other] { $items } items
    } (first wins both: { $first }, second wins both: { $second }).
judge-position-first = It favours the output shown first, which wins { $rate } % { $interval }, where 50 % means no bias. Both orders agree in { $same } of { $pairs } pairs on { $items ->
    [one] one item
   *[other] { $items } items
    } (first wins both: { $first }, second wins both: { $second }).
judge-position-second = It favours the output shown second: the first wins only { $rate } % { $interval }, where 50 % means no bias. Both orders agree in { $same } of { $pairs } pairs on { $items ->
    [one] one item
   *[other] { $items } items
    } (first wins both: { $first }, second wins both: { $second }).
judge-repeats-none = Self-consistency is unknown: no output was rated twice.
judge-repeats-none-pairs = Self-consistency is unknown: no two outputs were judged twice in the same order.
judge-repeats-few = { $items ->
    [one] One item
   *[other] { $items } items
    } judged more than once: too few to tell how steady it is. It says the same in { $rate } % { $interval }.
judge-repeats = Asked again, it says the same in { $rate } % { $interval } ({ $items ->
    [one] one item
   *[other] { $items } items
    }).
judge-repeats-spread = Asked again, it gives the same value in { $rate } % { $interval } ({ $items ->
    [one] one item
   *[other] { $items } items
    }); values for one output have a standard deviation of { $deviation }.
judge-length-few = { $items ->
    [one] One item
   *[other] { $items } items
    } with outputs of known and unequal length: too few to tell whether it favours longer outputs.
judge-length = The longer output wins { $rate } % { $interval } of { $count } verdicts. Longer by up to 10 %: { $little }; up to 50 %: { $more }; over 50 %: { $much }.
judge-length-people = For people it wins { $rate } % { $interval }.
judge-length-ratings = Its ratings correlate with the length of outputs by ρ = { $rho } (people: { $people }; { $outputs ->
    [one] one output
   *[other] { $outputs } outputs
    }).
judge-people-few = Judged by people too: { $items ->
    [one] one item
   *[other] { $items } items
    }, too few to tell how far it agrees with them. It says the same in { $rate } % { $interval } of { $count }; κ = { $kappa } { $kappas }; ρ = { $rho }.
judge-people = It says what people say in { $rate } % { $interval } of { $count } on { $items ->
    [one] one item
   *[other] { $items } items
    }; Cohen’s κ = { $kappa } { $kappas }; ρ = { $rho }.
judge-people-numbers = Its values correlate with people’s by ρ = { $rho } ({ $count } on { $items ->
    [one] one item
   *[other] { $items } items
    }). The same value in { $rate } % { $interval }; κ = { $kappa } { $kappas }.
judge-rates = What people call yes it calls yes in { $yes } (true positive rate), what they call no it calls no in { $no } (true negative rate).
judge-replace-few = Too few judgements to test whether it can replace a person: the test needs { $items ->
    [one] one item
   *[other] { $items } items
    } judged by it and by two people or more.
judge-replace-two = With fewer than three people the test whether it can replace one says little: it matches { $matched } of { $people } (on { $advantage } % of items it is at least as close to the others; a person is granted { $granted } %).
judge-replace-yes = It can replace a person, by the alternative annotator test: it matches { $matched } of { $people } people (on { $advantage } % of items it is at least as close to the others as the person is; a person is granted { $granted } %).
judge-replace-no = It cannot replace a person, by the alternative annotator test: it matches { $matched } of { $people } people (on { $advantage } % of items it is at least as close to the others as the person is; a person is granted { $granted } %).
judge-scale = Use of the scale
judge-scale-used = { $used } of { $possible }
judge-scale-values = Values used
judge-scale-commonest = Most frequent
judge-itself = the judge
judge-people-same = people, on the same outputs
judge-yes = yes
judge-no = no
judge-says = judge: { $value }
judge-slices = Agreement with people, by slice
judge-slices-hint = Items are resampled for the intervals. A slice with fewer than 20 items says little, and of many slices some look different although none is.
judge-slice-items = Items
judge-same = Same as people
judge-confusion = What people said, and what the judge said
judge-people-say = People
judge-corrected = Results corrected by people
judge-corrected-hint = The judge’s mean over all items, corrected by its error on the items that people judged too (prediction-powered inference). Correct whatever the judge’s bias, if the items that people judged are a random part of all.
judge-corrected-few = { $items ->
    [one] One item is
   *[other] { $items } items are
    } judged by people and the judge: too few to correct its results, { $needed } are needed.
judge-corrected-all = People judged every item that the judge did, so there is nothing to correct: use their results.
judge-raw = Judge alone
judge-people-mean = People alone
judge-corrected-mean = Corrected
judge-corrected-rate = Corrected by error rates
reasons = Reasons for { $dimension }: { $count }
reasons-hint = What was written, with the words that recur. Letters such as A and B mean the outputs in the order shown.
reasons-no-phrases = No phrase recurs in three reasons or more.
reasons-search = Search the reasons
reasons-all-sides = all
reasons-found = { $count ->
    [one] one reason found
   *[other] { $count } reasons found
    }
reasons-list = Reasons found
reasons-more = Show more
reason = Reason
reason-side = Speaks for
reason-systems = Judged, in the order shown
reason-favours = { $system }
reason-tie = neither
reason-high = high ratings
reason-middle = the middle of the scale
reason-low = low ratings
reason-no-side = not known
phrases = Phrases that recur
phrases-order = Order
phrases-by-count = by reasons
phrases-by-difference = by difference between the sides
phrases-hint = In how many reasons each phrase stands, and in what part of the reasons on each side. The counts describe; they do not test. A click lists the reasons.
phrase = Phrase
phrase-reasons = Reasons
phrase-count = { $count } ({ $part } %)
judge-labelled = Items with / without people
judge-twice = With twice as many by people
raters-hint = Bias: how much higher this rater scores the same outputs than the others do. Agreement with others: Spearman’s ρ with their mean; for preferences, the share equal to the majority. An excluded rater can be included again.
rater = Rater
counted = Included
count-rater = Include { $rater }
left-out = excluded
bias = Bias
spread = Spread (SD)
with-others = Agreement with others
hardest = Where raters disagree most
hardest-hint = Check these first: the question may be unclear, or the output borderline.
item = Item
said = Judgements
said-first = the first
said-second = the second
said-tie = equally good
said-both-bad = both bad
follows = Which measure agrees with people
follows-hint = Both are oriented so that higher is better: +1 means the measure ranks outputs as people do, 0 means no relation. Best first, with 95 % confidence intervals.
follows-none = Load the outputs on the Data page, with the ids used in the ratings, to see which measure agrees with people.
by-system = τ by system
pairs-right = Preferences predicted
gather = Collect ratings by link
gather-hint = Make a task from the loaded outputs and send its link. Raters open it on a computer or phone and send back a link or a small file. No server, no account: the task and the answers are in the part of the link that browsers never send.
answers-paste = Links with answers: paste as many as you have; other text between them is ignored
answers-take = Import answers
answers-files = Choose answer files
project-load = Load a saved task or answer files
projects = Tasks on this device
project-facts = { $items ->
    [one] { $items } item
   *[other] { $items } items
    } · { $systems } · { $date }
project-remove-sure = Remove “{ $title }” and all its answers from this device? If you may need it again, save it as a file first.
owner-not-kept = Not everything about your rating tasks is saved on this device: keep the page open until you have saved the task as a file. { $detail }
answers-came = Answers received for: { $projects }
answers-none = No answers found in this text. Copy the whole link or message, or ask the rater for the file.
answers-is-task = This is a task for raters, not answers.
answers-rate-it = To rate it, open it on the rating page.
answers-homeless = Answers to tasks that are not on this device: { $count }. Open them in the browser where the task was made, or load the saved task here first.
outcome-merged = { $rater }: { $added } new, { $updated } changed, { $known } already here
outcome-not-invited = (not bound to an invitation)
outcome-aside = Not imported ({ $beginning }…):
rater-unnamed = unnamed rater
aside-unreadable = { $cause }
aside-is-task = It is a task, not answers.
aside-other-task = It answers another task, which is not on this device.
aside-other-version = It answers another version of this task. Send the rater the current link.
aside-does-not-fit = It contains answers that do not fit this task.
outcomes = Everything received ({ $count })
conflicts = Conflicting answers
conflicts-hint = The same rater answered an item differently on two devices. Until you decide, the first answer counts.
conflict = { $rater }, row { $row }:
conflict-take = Use this one
conflict-apart = Two different people
project-locked = This task has a passphrase. Do not send it together with the link.
project-open = Anyone with the link can read the task.
project-save = Save task and answers
project-save-hint = The task is stored in this browser. Save it as a file to continue on another device, or in case the browser’s data is cleared. Keep the file to yourself: it opens all answers.
next = Next:
next-decide = { $count ->
    [one] Decide { $count } conflicting answer
   *[other] Decide { $count } conflicting answers
    }
next-send = send the link below to your raters, then import what they send back.
next-remind = ask for the answers of rater { $numbers }, from whom nothing has come yet.
next-finish = ask { $rater } for the rest, or read the results as they are.
next-read-so-far = every rater has sent answers; whether any are still to come is not known. Read the results so far below, or in the report.
next-read = all answers are in. Read the results below, or in the report.
done-of = { $done } of { $total }
of-count = of { $count }
answers-in = Answers
rater-done = done
project-undo = Undo last step
bring-back = Bring the task back with these answers
task-link = Link for raters
task-file = Rating task: { $title }. Open { $page } in a browser and choose this file, or open the link below.
task-file-alone = Rating task: { $title }. Open the page for raters of any Assay (its address ends in #/rate) and choose this file.
rater-file = Save as a page for raters
rater-file-hint = For raters who cannot open a link: one HTML file with the task inside. They save it, open it in a browser, and send their answers back as text or as a file. It asks nothing of any network address.
rater-file-failed = The page for raters is not installed next to this page. Send the link or the text file.
numbered = { $count ->
    [one] A separate link for { $count } rater
   *[other] Separate links for { $count } raters
    }
numbered-invitations = Each of these links holds a secret of its own. Answers made with one are bound to that number, so nobody else can answer in that rater’s place. Answers from the link above are marked as not bound to an invitation.
numbered-hint = Each link holds the items of one rater. With the link above, raters are asked for their number.
qr = Show QR code
qr-too-long = The link is too long for a QR code.
copy-link = Copy link
copied = Copied
show-all-values = Show all values ({ $count })
first-rows-of = Rows shown: { $shown } of { $count }
copy-refused = The browser did not allow copying. Select the text and copy it with the keyboard.
field-number = Enter a number.
field-number-from = Enter a number of { $least } or more.
field-number-between = Enter a number from { $least } to { $most }.
field-whole = Enter a whole number.
field-whole-from = Enter a whole number of { $least } or more.
field-whole-between = Enter a whole number from { $least } to { $most }.
field-shares = Enter a number above 0 for each arm, such as 50:50.
share = Share …
save-file = Save as file
link-length = { $count ->
    [one] { $count } character
   *[other] { $count } characters
    }
link-fits = short enough for: { $places }
link-fits-not = too long for: { $places }
link-too-long = Too long to send safely as a link: browsers and chat apps cut off links of more than { $most } characters. Send the file instead.
link-without-page = This page is a file on this device and has no address, so this is only the part of a link from # on. Put the address of an Assay page in front of it, or send the file.
link-far-too-long = The texts are too long for a link; the task will be a file.
place-sms = SMS
place-discord = Discord
place-wechat = WeChat
place-qr = a QR code
place-telegram = Telegram
place-slack = Slack
place-whatsapp = WhatsApp
place-browsers = email and all browsers
rate-opening = Opening …
rate-choose = Open a rating task
rate-choose-hint = Choose the file you were sent, or paste the link. Nothing leaves this device until you send your answers yourself.
rate-choose-file = Choose file
rate-paste = or paste the link
rate-open = Open
rate-locked = This task needs a passphrase
rate-locked-hint = Ask the person who sent you the link.
passphrase = Passphrase
rate-untitled = Rating task
rate-extent = { $items ->
    [one] { $items } item
   *[other] { $items } items
    }, about { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }. You can stop at any time and continue later with the same link on this device.
rate-private = Your answers stay on this device until you send them.
rate-timed = This task records how long you spend on each item.
rate-number = Your number
rate-name = Your name, or any name you like
rate-resumed = Welcome back: { $done } of { $total ->
    [one] { $total } item
   *[other] { $total } items
    } rated.
rate-begin = Start
rate-keep-hint = Your answers are saved on this device only. When you start, the browser may ask whether this page may keep them: without that it can delete them when the device runs out of space.
rate-go-on = Continue
rate-elsewhere = This task is open in another tab
rate-elsewhere-hint = Continue there, or close that tab and try again here. This protects your answers.
rate-again = Try again
rate-not-kept = Your answers are not saved on this device. Do not close or reload the page before you have sent them.
rate-source = Prompt
output = Output
rate-progress = { $done } of { $total }, about { $minutes } min left
rate-instructions = Instructions and keys
rate-paused = Paused
rate-paused-hint = Your answers are saved on this device. The timer is stopped.
rate-finish = Finish for now
rate-missing = A required answer is missing; it is highlighted.
rate-back = Back
undo-step = Undo
rate-skip = Skip
rate-next = Next
optional = (optional)
yes = Yes
no = No
rate-better = { $letter } is better
rate-tie = Equally good
rate-both-bad = Both bad
rate-ranked = { $letter }: rank { $rank }
rate-ranking-hint = Choose the best first, then the next best. Choose one again to deselect it.
rate-so-far = Progress
rate-done = All done, thank you
rate-rated = You rated { $done } of { $total ->
    [one] { $total } item
   *[other] { $total } items
    }.
rate-skipped = Skipped: { $count }
rate-go-skipped = Rate skipped items
rate-make-link = Make link with my answers
rate-nothing-sent = Nothing has been sent yet.
rate-completion = Your completion code
rate-completion-copy = Copy code
rate-completion-hint = Send your answers first. Then give this code to the platform that brought you here.
rate-completion-later = You see your completion code once the link is made.
rate-send = Send answers
rate-send-hint = Send the link, or the saved file, to the person who gave you the task. If you change an answer later, make a new link.
rate-answers-link = Link with your answers
rate-answers-title = Answers: { $title }
rate-answers-file = Answers to the rating task: { $title }. To import them, drop this file on the Ratings page or open the link below.
rate-answers-file-alone = Answers to the rating task: { $title }. To import them, drop this file on the Ratings page.
rate-answers-text = This text is your answers: it can be pasted on the Ratings page as it is.
keys-digits = rate the current question
keys-pair = A or B is better, equally good, both bad
keys-yes = yes or no
keys-sideways = one point lower or higher; first or second
keys-updown = previous or next question
keys-enter = next item
keys-comment = go to the comment; Ctrl+Enter goes to the next item
keys-spans = Marking errors: arrow keys move, Space marks the first and the last word, digits choose the category, M chooses the next severity, O marks missing content, N means no errors.
mark-end = Now choose the last word of the error. Esc cancels.
mark-next = Next error:
mark-neutral = neutral
mark-minor = minor
mark-major = major
mark-critical = critical
mark-none = No errors
mark-missing = Missing content
score-open = no score yet
score-hint = Move the slider or type a number from 0 to 100. Keys: digits give tens, 0 gives 100, arrow keys change it by 1.
score-waits = Mark the errors first, or choose “No errors”.
answer-error-no-item = This item does not exist. Reload the page.
answer-error-incomplete = A required question is not answered.
answer-error-does-not-fit = This answer does not fit the question. Choose again.
envelope-error-no-envelope = This is not a rating link. Copy the whole link and try again.
envelope-error-cut = The link is cut off: { $missing ->
    [one] { $missing } character is
   *[other] { $missing } characters are
    } missing. Copy the whole link, or ask for the file.
envelope-error-altered = The link was changed in transit. Ask for it again, preferably as a file.
envelope-error-newer = The link was made by a newer version of this page ({ $version }). Reload the page and try again.
envelope-error-wrong-passphrase = Wrong passphrase. Check capital letters and spaces, or ask the person who sent the link.
envelope-error-forged = The answers are not sealed with this task’s key: they were changed, or not made from this task. Ask the rater to send them again.
envelope-error-wrong-invitation = The answers give number { $number }, but were not made with the link for that number: somebody else may have made them. Ask that rater to open the link again and resend the answers.
envelope-error-too-large = The link holds more than { $most_mb } MB, so it is not a rating link.
envelope-error-damaged = The link holds neither a task nor answers. Ask for it again.
envelope-error-task = The task in this link cannot be used: { $cause }
task-new = New rating task
task-hint = Choose the outputs to rate and the questions to ask. Nothing is sent: you get a link to send yourself.
task-needs = A rating task needs the outputs of your systems. Load them first, or try the example.
task-undo = Undo last change
task-redo = Redo
task-what-for = For raters to read
task-title = Title
task-language = Language of the questions
task-instructions = Instructions
task-markdown = Markdown: **bold**, lists, headings, links. HTML is shown as text.
task-judged = What is rated
task-rows = Rows
task-count = Number of rows
task-of-rows = of { $rows }
task-channel = Link goes by
task-channel-any = any way
task-channel-hint = Choose where you send the link, and the number of rows will fit there.
task-channel-fits = The number of rows is lowered until the link fits there.
task-channel-floor = The number of rows is lowered until the link fits there, but not below { $fewest ->
    [one] { $fewest } row
   *[other] { $fewest } rows
    }: fewer decide nothing. A task that is still too long can be sent as a file.
task-few = Ratings of fewer than { $fewest ->
    [one] { $fewest } row
   *[other] { $fewest } rows
    } will decide nothing. Take more rows; a task that is too long for a link there can be sent as a file.
rows-all = all
rows-first = the first
rows-random = random sample
rows-by = evenly by { $column }
rows-disagreement = where measures disagree most
rows-variance = where the systems’ scores differ most
rows-diversity = where the outputs differ most
rows-selected = On rows where systems differ, people decide sooner which system is better. Differences on them are larger than on all rows. For the size of a difference, take a random sample.
task-systems = Systems
task-see = Raters see
task-named = system names
task-blind = Blind: outputs are called A, B …; the order varies by rater and item, and each system takes each position equally often.
task-not-blind = Raters who can see the system names may be biased. Blind ratings are more convincing.
task-questions = Questions
task-begin-from = Start from a template:
task-add = Add:
template-scales = four scales
template-pairwise = A or B
template-ranking = ranking
template-checks = yes or no
template-errors = error marking
template-mqm = MQM
template-esa = ESA
add-scale = scale
add-pairwise = A or B
add-ranking = ranking
add-checks = yes or no
add-errors = error marking
add-mqm = MQM
add-score = score from 0 to 100
add-comment = comment
kind-scale = Scale
kind-yes_no = Yes or no
kind-pairwise = A or B
kind-ranking = Ranking
kind-spans = Error marking
kind-comment = Comment
kind-marks = Error marking with weights
kind-score = Score from 0 to 100
question-name = Name
question-help = Question
question-required = required
question-up = Move up
question-points = Points, one per line, worst first; labels are optional (now { $count ->
    [one] { $count } point
   *[other] { $count } points
    })
question-categories = Error categories, one per line (now { $count ->
    [one] { $count } category
   *[other] { $count } categories
    })
question-severities = Severities
question-weight = weight
question-weights-hint = An output’s score is the sum of the weights of its errors, so lower is better. MQM (Freitag et al. 2021) gives minor errors 1 and major errors 5; critical errors have 25 as in MQM’s own scoring model.
question-own-weights = A category can have its own weights: write | and a number for each severity after its name, mildest first, such as “Punctuation | 0 0.1 5 25”. Without any category, errors only have a severity.
task-marks = Errors marked in advance
task-marks-none = none
task-marks-hint = A column can list the errors that an output starts with, for example from a quality estimation model; raters correct them. Each cell is a JSON list such as [{"{"}"start": 4, "end": 9, "severity": "minor", "category": "Style"{"}"}], counted in characters; "missing" in place of both numbers marks missing content, and without a category the last one is used. Raters tend to keep what is marked in advance.
task-who = Who rates what
task-share = Assignment
who-everyone = everyone rates everything
who-shared = items are divided among raters
task-slots = number of raters
task-overlap = raters per item
task-shared-hint = Each rater gets a numbered link. Agreement can be measured from two raters per item.
task-repeats = Repeated items
task-repeats-hint = show how consistent a rater is
task-controls = Control items
task-controls-hint = one output comes from another row: careful raters score it low
task-timed = Record the time per item (raters are told)
task-completion = Completion code or link (optional)
task-completion-hint = For platforms such as Prolific or MTurk: raters can copy it once no item is open and the link with their answers is made. It is part of the task’s link, so whoever decodes that link, past the passphrase if there is one, can read it.
task-locks = Protect the task with a passphrase
task-locks-hint = The task is encrypted (AES-256-GCM, key by Argon2id). Nobody can open it without the passphrase, including you. Do not send the passphrase together with the link.
task-open-hint = Without a passphrase, anyone with the link can read its texts.
passphrase-weak = Weak: somebody who has the link may find it by guessing. Take four or more unrelated words, or twelve mixed characters.
passphrase-fair = Fair: hard to guess with several graphics cards.
passphrase-strong = Strong: out of reach of guessing.
passphrase-take-weak = Use this weak passphrase all the same
task-weak-passphrase = The passphrase is weak. Choose a better one, or tick that you want to use it all the same.
task-no-passphrase = Enter a passphrase, or untick the box.
task-outcome = Summary
calculating = Calculating …
task-extent = { $items ->
    [one] { $items } item in total.
   *[other] { $items } items in total.
    } Each rater gets { $each ->
    [one] { $each } item
   *[other] { $each } items
    }, about { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }.
task-make = Make task
task-making = Making task …
task-keep-hint = What opens the answers is stored on this device only. When you create the task, the browser may ask whether this page may keep it: without that it can be deleted when the device runs out of space.
task-preview = Preview
task-preview-hint = one item as raters see it; you can try it, nothing is saved
task-error-no-question = The task has no question. Add one.
task-error-no-item = The task has no items. Choose at least one row and one system.
task-error-too-many-items = The task would have too many items: { $items }. The maximum is { $most }. Choose fewer rows or systems.
task-error-outputs = “{ $question }” cannot be used with { $outputs ->
    [one] { $outputs } output
   *[other] { $outputs } outputs
    } (item { $item }). A or B needs two systems, ranking two or more, all others at least one.
task-error-choices = “{ $question }” needs 2 to 10 points, or at least one error category.
task-error-severities = “{ $question }” needs at least one severity, with weights from 0 to 1000.
task-error-prefilled = The errors marked in advance in item { $item } do not fit its outputs. Make the task again.
task-error-marks-column = The data has no column “{ $column }” with errors marked in advance. Choose another column.
task-error-marks-unreadable = The errors in column “{ $column }”, row { $row }, cannot be read. Each cell needs a JSON list of objects with start, end and severity.
task-error-marks-outside = An error in column “{ $column }”, row { $row }, lies outside the output as raters see it. Positions are characters from 0 in the output as it is in the file.
task-error-marks-category = Column “{ $column }”, row { $row }, has an error of the category “{ $category }”, which the question does not offer.
task-error-marks-severity = Column “{ $column }”, row { $row }, has an error of the severity “{ $severity }”, which the question does not offer.
task-error-name = Every question needs its own name; “{ $question }” is empty or used twice.
task-error-overlap = Too few raters: { $slots } in total, { $overlap } per item. Add raters, or lower the number per item.
rater-invited = Number proved by the invitation
rater-not-invited = Not bound to an invitation: anyone with the task link could have sent these
rater-work = { $answered } rated, { $skipped } skipped
rater-seconds = { $seconds } s per item (median)
rater-controls = control items recognised: { $right } of { $all }
rater-repeated = same answer when repeated: { $right } of { $all }
rater-devices = { $count ->
    [one] { $count } device
   *[other] { $count } devices
    }
no-values = no usable values
remarks = Comments and marked errors
remark = Comment
preset = Measures
preset-suited = those that suit the data
preset-sacrebleu = as sacreBLEU
preset-evaluate = as Hugging Face evaluate
preset-lm-eval = as lm-eval
preset-llamafactory = as LLaMA-Factory
add-metric = Add a measure
add-none = type to search …
about-metric = About { $metric }
wordnet-licence = WordNet’s licence
about-what = What it measures
about-range = Range
about-beware = Limitations
about-source = Source
range-higher = 0 to { $max }, higher is better; { $best } is perfect
range-lower = { $best } is perfect, { $max } means everything is wrong, higher values are possible; lower is better
range-numeric-error = 0 is perfect; there is no largest error; lower is better
range-perplexity = 1 or more; lower is better
range-people = the points raters could give
what-bleu = N-grams of 1 to 4 tokens shared by output and reference, with a penalty for outputs that are too short.
beware-bleu = Designed for whole corpora: the score of a single sentence means little. Tokenisation changes it by several points; compare only scores with equal signatures. Synonyms count as wrong.
what-chrf = N-grams of 1 to 6 characters (in chrF++ also words) shared by output and reference; recall counts double.
beware-chrf = More tolerant than BLEU of inflection and of languages without spaces. The weight on recall favours long outputs.
what-ter = Edits needed to turn the output into the reference (insert, delete or replace a word, or move a sequence of words), divided by the length of the reference.
beware-ter = By default case is ignored and punctuation stays attached to words; options change this. For Chinese, normalisation with Asian support splits text into characters.
what-meteor = Words that match exactly or by stem, recall weighted nine to one, minus a penalty for scattered matches.
beware-meteor = NLTK’s formula, which is neither METEOR 1.0 nor 1.5: not comparable with other tools. Synonyms are matched only with the wordnet module, by stem, as in NLTK. Stemming is for English. Identical texts score slightly below 1.
what-rouge = Words (or n-grams of two or three, or the longest common subsequence) shared by output and reference: the harmonic mean of precision and recall.
beware-rouge = rouge-score keeps only a–z and digits: text in other scripts scores 0 unless the tokeniser is zh-char. It rewards copying and does not check facts.
what-exact = Whether the output equals a reference character by character, as exact_match of Hugging Face evaluate and of lm-eval counts it. 1 where it does, else 0.
beware-exact = A space, a full stop or another case makes the difference, unless an option leaves it out.
what-squad = Whether the answer equals a reference (EM), or how many words they share (F1), ignoring case, punctuation and articles.
beware-squad = Designed for short English answers. Chinese text without spaces counts as one word.
what-error-rate = Words or characters inserted, deleted or replaced, divided by the length of the reference.
beware-error-rate = Case and punctuation count. Designed for transcripts; a good paraphrase scores badly.
what-levenshtein = Character similarity of output and reference: 1 minus the edit distance divided by the length of the longer text.
beware-levenshtein = Compares letters, not meaning. Unrelated texts in the same language rarely score below 0.2.
range-distinct = 0 to 1, higher is more varied; short texts easily reach 1
range-repeated = 0 to 1, lower is less repetition
what-cmrc = Whether the answer equals a reference, or the longest sequence they share (F1), as in CMRC 2018: Chinese is split into characters, some punctuation is ignored.
beware-cmrc = F1 uses one contiguous sequence, so words in a different order score low.
what-contains = Whether the output contains the reference, ignoring case, punctuation and articles.
beware-contains = A long output that lists every possible answer is always right; “not Paris” contains “Paris”.
what-choice = Whether the output chooses the reference’s letter, A to J. Reasoning such as <think>…</think> is left out. What decides, in this order: \boxed; a line that is only a letter; the last statement, such as “the answer is B”; a letter at the beginning; an option called correct; a conclusion, such as “so B”; the last letter in parentheses.
beware-choice = An output that names several letters, or none, is wrong. Check the wrong rows before you trust the score. If a column has numbers in place of letters, set where they start under Options.
what-number = Whether the output’s number equals the reference’s. Reasoning such as <think>…</think> is left out. What decides, in this order: \boxed; the number after ####; the last statement, such as “the answer is 18”; the last number outside parentheses.
beware-number = Read are 1,234, 1 234, fractions, powers of ten, 万, 亿, million and percentages: 50% equals both 50 and 0.5. A point is decimal; currency and units are ignored. Numbers in words are not read.
what-numeric-error = How far the numbers given by the output are from the reference’s, in the same unit: the mean of the absolute errors (MAE), or the square root of the mean squared error (RMSE), in which large errors weigh more. Pearson’s correlation is under “Parts of the score”.
beware-numeric-error = An output without a number has no error and is left out: look at how many values were compared. A model that always gives the mean has a small error and no correlation.
what-math = Whether the output’s answer is mathematically equal to the reference’s, as math-verify decides: 1/2 equals 0.5, and x(x+1) equals x²+x. The answer is what stands in \boxed, after “answer”, or last.
beware-math = If the output gives no final answer, the last formula or number in it counts. Units are ignored, and 50% equals both 50 and 0.5. An answer in words counts as wrong.
what-pattern = Whether a regular expression matches somewhere in the output. Set the expression under Options.
beware-pattern = Checks form only. Without your own expression, any text that is not empty matches.
what-json = Whether the output is valid JSON and, if a schema is set under Options, conforms to it.
beware-json = Text around the JSON makes it invalid, unless Markdown code fences are allowed under Options.
what-distinct = Share of a text’s n-grams that are distinct, averaged over texts. Needs no reference.
beware-distinct = Longer texts naturally repeat more n-grams; compare systems with outputs of similar length.
what-repeated = Share of a text’s n-grams that already occurred earlier in it, averaged over texts. Needs no reference.
beware-repeated = Lists, code and refrains repeat for good reasons.
no-reference = No column is a reference, so only measures that need none are shown. You can assign the role on the Data page.
what-perplexity = How unexpected a language model finds the texts: the exponential of the mean negative log-likelihood per token.
beware-perplexity = Depends on the model and its tokeniser: compare only under the same model. Dull, repetitive text scores well.
what-people = Mean of the human ratings in this dimension, over rated rows.
beware-people = Only rated rows count, and resampling draws rows, not raters: the confidence intervals on the Ratings page are wider and safer.
what-recorded = Mean of the numbers that the file holds for each output, over the rows that have one.
beware-recorded = The numbers were made elsewhere and are taken as they stand. Whether higher or lower is better was read from the name.
questions = More analyses
question-unready = Available once all scores are done.
question-pairs = More tests of { $metric }, effect sizes, and what this sample can detect
question-errors = Standard errors of { $metric }, and what more rows or samples would change
question-agreement = Correlation of measures
question-texts = Text statistics: variety, repetition, length
pairs = Pairs of rows
pair-clusters = Clusters of rows
mean-difference = Mean difference per row (95 % CI)
student = Paired t-test
wilcoxon = Wilcoxon signed-rank test
mcnemar = McNemar’s exact test
corrected-holm = corrected (Holm)
corrected-bh = corrected (Benjamini–Hochberg)
cohens-d = Cohen’s d (paired)
cliffs-delta = Cliff’s delta
smallest = Smallest detectable difference
needed = Pairs needed to detect the observed difference
pairs-note = Compared with { $baseline }, on the scores of single rows, whose mean may differ from the corpus score. Corrections apply to McNemar’s test where rows are right or wrong, otherwise to Wilcoxon’s. The last two rows assume 80 % power at a 5 % significance level (t-test).
errors-rows = Rows with a score
errors-clusters = Clusters
errors-mean = Mean over rows (95 % CI)
errors-error = Standard error
errors-naive = Standard error if rows were independent
errors-design = Design effect
errors-twice-clusters = Standard error with twice the rows
errors-twice-whole-clusters = Standard error with twice the clusters
errors-items = Items
errors-samples = Rows of an item, on average
errors-between = Variance between items
errors-within = Variance within an item
errors-share = Share of within in the variance of item means
errors-of-means = Standard error of the mean over items
errors-twice-samples = … with twice the rows of each item
errors-floor = … with any number of rows of each item
errors-twice-items = … with twice the items
errors-none = A single row or cluster says nothing about others like it.
errors-note = Standard errors of the mean over rows; the confidence interval is Student’s.
errors-note-clusters = Rows with the same { $column } count as one cluster: the standard error is cluster-robust, with one degree of freedom fewer than there are clusters. A design effect of 3 means that three times the rows are needed as independent ones would be.
errors-note-split = Items here are the values of { $column }. More rows of each item make only the variance within smaller; what items differ by stays (law of total variance; Miller 2024).
agreement-note = Over the rows of { $system }: Spearman’s rho; below it Pearson’s r and Kendall’s tau-b.
apart = Where two measures disagree most
apart-first = First measure
apart-second = Second measure
apart-none = They rank all rows alike.
row-number = Row
percentile = better than { $place } %
texts-characters = Characters per text
texts-tokens = Tokens per text
texts-ratio = Tokens relative to the reference
texts-mtld = MTLD (lexical diversity)
texts-compression = Compression ratio
texts-note = N-grams use the tokeniser { $tokenizer }, over all texts together. Self-BLEU compares each of the first 60 texts with the others (NLTK, smoothing 1): lower is more varied. MTLD reads all texts as one, in lower case: higher is more varied. Compression ratio uses gzip: higher is more repetitive. Compare systems with texts of similar length.

classification = Classification
too-many-classes = The label column has too many different values: { $classes }. The table can show at most { $most }. Change the column’s role on the Data page.
classes-alike = { $labels } labels differ from another only in case or a final full stop, such as “{ $first }” and “{ $second }”. They count as different classes; merged, they would be { $classes }.
classes-merged = { $labels } labels that differ only in case or a final full stop count as { $classes }, such as “{ $first }” and “{ $second }”.
classes-merge = Merge them
classes-separate = Separate them
classifier-better = { $system } is right significantly more often than { $baseline } ({ $p }): only { $system } is right on { $own ->
    [one] { $own } row
   *[other] { $own } rows
    }, only { $baseline } on { $first }.
classifier-worse = { $system } is right significantly less often than { $baseline } ({ $p }): only { $system } is right on { $own ->
    [one] { $own } row
   *[other] { $own } rows
    }, only { $baseline } on { $first }.
classifier-few = { $items ->
    [one] One row is
   *[other] { $items } rows are
    } too few to tell whether { $system } and { $baseline } differ ({ $p }): only { $system } is right on { $own }, only { $baseline } on { $first }.
classifier-same = { $system } and { $baseline } do not differ significantly ({ $p }): only { $system } is right on { $own ->
    [one] { $own } row
   *[other] { $own } rows
    }, only { $baseline } on { $first }.
classification-note = Computed as in scikit-learn; division by zero counts as 0. Accuracy with Wilson’s 95 % confidence interval; sentences use McNemar’s exact test, corrected (Holm). Probability columns stand for the classes in their order.
class-blank = Rows without a label or prediction
accuracy = Accuracy
balanced-accuracy = Balanced accuracy
f1-macro = F1, macro
f1-weighted = F1, weighted
precision-macro = Precision, macro
recall-macro = Recall, macro
mcc = Matthews correlation (MCC)
kappa-plain = Cohen’s kappa
kappa-linear = Kappa, linear
kappa-quadratic = Kappa, quadratic
log-loss = Log loss ↓
brier = Brier score ↓
roc-auc = ROC AUC
average-precision = Average precision
calibration-error = Calibration error ↓
auc-binary = second class
auc-ovr = one vs. rest
auc-ovr-weighted = one vs. rest, weighted
auc-ovo = one vs. one
auc-ovo-weighted = one vs. one, weighted
auc-macro = macro
auc-weighted = weighted
confusion = Confusion matrix
confusion-hint = rows: true class, columns: predicted class; darker means a larger share of the row
confusion-cell = { $truth } predicted as { $predicted }: { $count } ({ $part } % of the row)
predicted = Predicted
truth = True
each-class = Per class
class = Class
precision = Precision
recall = Recall
support = Rows
average-macro = macro average
average-micro = micro average
average-weighted = weighted average
pair-is = true { $truth }, predicted { $predicted }
top-two = Top-2 accuracy
adjusted-accuracy = Balanced accuracy, adjusted for chance
f2-macro = F2, macro
f05-macro = F0.5, macro
auc-micro = micro
area-interval = { $area }, 95 % CI { $interval }
bands-note = Shaded: 95 % confidence intervals ({ $samples } bootstrap resamples of the rows).
bins = Bins
bins-width = equal width
bins-count = equal size
threshold = Threshold
threshold-note = A row is predicted as “{ $class }” if its probability is at or above the threshold. You set the costs. The cheapest threshold minimises the cost of errors on these rows; on new rows it will probably do slightly worse.
threshold-found = Threshold { $threshold }: { $right } of { $positive } found, { $wrong ->
    [one] { $wrong } false positive
   *[other] { $wrong } false positives
    }.
cost-wrong = Cost of a false positive
cost-missed = Cost of a false negative
cost = Cost
cheapest = Use the cheapest threshold
specificity = Specificity
thresholds = Threshold and cost
sets-note = Each row can have several labels. Computed as in scikit-learn for indicator matrices; division by zero counts as 0.
subset-accuracy = Rows with exactly the right labels
hamming-loss = Hamming loss ↓
f1-micro = F1, micro
f1-samples = F1, mean over rows
jaccard-samples = Jaccard, mean over rows
false-alarms = False positives
misses = False negatives
found-right = True positives
curves-more = and { $count } more
roc = ROC curve
pr = Precision–recall curve
reliability = Calibration curve
false-positives = False positive rate
true-positives = True positive rate
probability-said = Predicted probability
frequency = Observed frequency
project-error-no-project = The file holds no rating task. Save it again in the browser where the task was made.
project-error-task = The saved task cannot be used: { $cause }
project-error-secret = The saved task lacks the secret that opens its answers. Save it again in the browser where the task was made.
project-error-origin = The saved task is damaged at item { $item }. Save it again in the browser where the task was made.
foreign-error-too-large = { $file } is larger than { $most_mb } MB. Remove what is not needed and load it again.
foreign-error-nothing = { $file } holds no ratings. A table needs a column named rater and one column per dimension, or columns named dimension and value. See the layouts below.
container-error-unreadable = { $file } cannot be read. It may have been moved or changed; choose it again.
container-error-damaged = { $file } is damaged or cut off ({ $detail }). Copy it again or save it again.
container-error-encrypted = { $file } is encrypted. Save or pack it without encryption.
container-error-unsupported = { $file } uses { $what }, which cannot be read here. Save it in another way.
container-error-too-large = { $file } unpacks to { $found_mb } MB or more; the limit is { $limit_mb } MB. Unpack it first and load only what is needed.
container-error-too-many-files = { $file } has too many files: { $found }. The limit is { $limit }. Pack only those that are needed.
container-error-folder-cut = Files in { $folder }: only the first { $limit } were looked at. Drop a folder that holds only what is needed.
container-error-too-many-cells = { $file } has a sheet with too many cells: { $found } or more. The limit is { $limit }. Save it as CSV.
container-error-too-deep = { $file } is packed more than twice. Unpack the outer archive first.
container-error-nothing = { $file } holds no table and no file that can be read. Check that it is the right file.
container-error-table = { $cause }
import-error-empty = { $file } is empty. Choose a file with at least one row.
import-error-unreadable = { $file } cannot be read. It may have been moved or changed; choose it again.
import-error-binary = { $file } is in a format that cannot be read. Export it as CSV, TSV, JSON, JSONL, Excel or Parquet first.
import-error-header-only = { $file } has a header and no rows. Check that the export is complete.
import-error-too-many-columns = { $file } has too many columns: { $found }. Keep at most { $limit } and try again.
import-error-long-name = { $file } has a column name that is too long: column { $column } has { $found } characters, and the limit is { $limit }. Check that the first line names the columns.
import-error-gzip = { $file } cannot be decompressed: the gzip data is damaged or cut off. Compress it again.
import-error-json = { $file } is not valid JSON at line { $line }, column { $column }: { $detail }. Fix this and load it again.
import-error-no-rows = { $file } has no rows. Use an array of objects, an object of columns of equal length, or one object per line.
import-error-totals-only = { $file } holds totals that { $tool } computed, and no outputs. Choose the file with a row for each example: { $rows_in }.
import-error-nothing-readable = { $rows ->
    [one] The only row of { $file } could not be read (line { $line }). Check that the file extension matches the format.
   *[other] None of the { $rows } rows of { $file } could be read; the first is at line { $line }. Check that the file extension matches the format.
    }
import-error-too-large = { $file } has { $found_mb } MB of text or more; the limit is { $limit_mb } MB. Load part of it, or remove columns that are not needed.
import-error-long-cell = { $file } has a cell larger than 2 GiB. Check that all quotes are closed.
import-error-long-line = { $file } has a line or value of more than { $limit_mb } MB, starting at line { $line }. Check that lines end and quotes are closed.
import-error-too-many-cells = { $file } has too many cells: more than { $limit } (columns: { $columns }). Load part of it, or remove columns that are not needed.
import-error-row-counts = { $first } has { $first_rows ->
    [one] { $first_rows } row
   *[other] { $first_rows } rows
    } and { $second } has { $second_rows }. Give both an id column or the same number of lines.
import-error-duplicate-id = { $file } has the id { $id } more than once. Make ids unique, or remove the id column.
import-error-no-common-ids = { $first } and { $second } have no ids in common. Check that both come from the same data.
import-error-no-arms = { $file } has no column with the arm or system of each row. Name such a column arm, variant or system; it needs 2 to 12 different values and no empty cells.
reason-ragged = { $found ->
    [one] { $found } field
   *[other] { $found } fields
    }, but the header has { $expected }
reason-unclosed-quote = a quote opens here and is never closed
reason-json = not valid JSON at column { $column }: { $detail }
reason-not-an-object = expected an object, found { $found }
reason-nul-character = the row contains a NUL character
reason-invalid-byte = bytes that are not valid { $encoding }
reason-error-cell = the cell in column { $column } shows the error { $shown } and counts as missing
reason-binary-cell = the cell in column { $column } holds bytes that are not text and counts as missing
by-meaning = Compare by meaning (BERTScore, sentence cosine)
by-meaning-hint = A small encoder reads outputs and references in this page and measures how similar they are in meaning, even in different words. The default encoder is for English; for Chinese or other languages choose the folder of another model such as bert-base-chinese (config.json, tokenizer.json and model.safetensors, as on Hugging Face).
by-meaning-alone = The default encoder is not in this file: choose the folder of a model.
encoder-name = Encoder
choose-encoder = Choose a model folder …
default-encoder = Use the default encoder
encoder-layers = Layer (0: default)
encoder-idf = Give rare tokens more weight (idf)
runs-gpu = GPU, if available
encode = Compare
forget-encoded = Remove these measures
encoded-by = Compared by { $name }, layer { $layers }, on { $place }.
job-encode = Comparing by meaning: { $done } of { $total ->
    [one] { $total } row
   *[other] { $total } rows
    }
job-compare-rounds = Comparing rounds: { $percent } %
job-count-phrases = Looking for phrases in reasons: { $percent } %
what-bertscore = Whether each token of the output has a token of similar meaning in the reference, and vice versa: cosine similarity of contextual embeddings, greedily matched; F1 of precision and recall.
beware-bertscore = Not comparable across encoders or layers, and unrelated texts score well above 0. Small encoders miss negation and numbers. Values are not rescaled; “Parts of the score” has rescaled values where bert-score provides a baseline for the encoder.
what-sentence-cosine = How similar output and reference are as a whole: cosine similarity of their sentence embeddings (mean over the encoder’s tokens).
beware-sentence-cosine = Texts on the same topic score high even if they contradict each other. Long texts are cut to the encoder’s limit (256 tokens for the default encoder).
kind-answer = The references are short answers: exact match and token F1 come first.
kind-choice = The references are answer letters: the chosen letter is compared.
kind-choice-from-zero = References and outputs are letters on one side and numbers from 0 on the other: 0 counts as A, 1 as B and so on.
kind-choice-from-one = References and outputs are letters on one side and numbers from 1 on the other: 1 counts as A, 2 as B and so on.
kind-number = The references are numbers: the number given by the output is compared.
kind-degree = The references are numbers that say how much, such as how alike two texts are: the mean error comes first, with the correlation under “Parts of the score”.
kind-math = The references are mathematics: answers are compared by what they equal, not by how they are written.
kind-json = The references are JSON: whether outputs are valid JSON comes first.
kind-outcome = Each cell gives the number of passed samples of a problem: shown are the pass rate and the probability that at least one of k samples passes.
what-pass-at-k = Probability that at least one of k samples of a problem passes: unbiased estimate from all samples of the problem, averaged over problems.
beware-pass-at-k = Needs at least k samples per problem, drawn at the same temperature; problems with fewer are left out. A higher k hides how often a model fails.
what-pass-rate = Share of samples that passed or compiled, over all problems. Wilson’s 95 % confidence interval is under “Parts of the score”.
beware-pass-rate = Wilson’s interval assumes independent samples, but samples of one problem are not independent. The interval shown here resamples problems and is safer.
what-tfidf = Cosine similarity of term counts in output and reference, with more weight on rare terms: how far they use the same key words, in any order.
beware-tfidf = Ignores word order and meaning; a negated sentence scores like the original. Term weights depend on all loaded references.
what-same-language = Whether the output is in the language of its prompt, as detected from character patterns.
beware-same-language = An estimate: short texts, names and code are left out or misjudged. Not suitable for translation.
domains = Domains: gains inside the trained domain, losses outside
domains-hint = Select the values the systems were trained on; all others count as outside. Each half is scored and tested as a whole.
domains-none = Select at least one value as in-domain, and leave at least one out.
domain-column = Column
domains-inside = In-domain values:
domain-inside = in-domain
domains-note = A significant loss outside the domain is marked as forgetting. Tests of the two halves are corrected together (Holm); tests of single domains are corrected over all slices.
in-domain = In-domain ({ $count ->
    [one] { $count } row
   *[other] { $count } rows
    })
out-of-domain = Out-of-domain ({ $count ->
    [one] { $count } row
   *[other] { $count } rows
    })
forgetting = forgetting
domain-forgets = { $system } gains in its domain and forgets outside it ({ $metric }); both changes are significant.
domain-only-loses = { $system } loses significantly outside its domain, with no gain inside ({ $metric }).
domain-gains = { $system } gains significantly in its domain, with no significant loss outside ({ $metric }).
domain-gains-both = { $system } gains significantly both in its domain and outside it ({ $metric }).
domain-loses-inside = { $system } loses significantly in its own domain ({ $metric }).
domain-gains-outside = { $system } gains significantly outside its domain but not inside ({ $metric }).
domain-same = { $system } shows no significant change, in its domain or outside ({ $metric }).
jieba-licence = jieba’s licence
question-outliers = Outliers
outliers-none = No outliers: no score is far from the rest, and no output is much longer or shorter than its reference or repeats itself.
outliers-note = Showing { $shown } of { $found }. Listed are scores (or changes from the baseline) at least 3.5 robust standard deviations from the median, outputs three times longer or shorter than the reference, and outputs in which at least half of all four-word sequences repeat.
outlier-why = Reason
outlier-score = unusual: { $value } robust standard deviations from the median
outlier-long = longer than the reference by a factor of { $value }
outlier-short = shorter than the reference by a factor of { $value }
outlier-repeats = { $value } % is repetition
what-bleu-nltk = BLEU by NLTK’s rules: split at whitespace by default, range 0 to 1, with the smoothing methods of Chen and Cherry.
beware-bleu-nltk = Not comparable with sacreBLEU’s BLEU. Without smoothing, a row with no matching 4-gram scores practically 0. Smoothing method 6 is undefined without a matching 3-gram; 0 is shown.
what-llamafactory = A score as LLaMA-Factory prints it after prediction, the mean over rows. BLEU-4 is NLTK’s sentence BLEU (third smoothing) over characters, spaces included. ROUGE is rouge-chinese’s F over jieba’s words, each n-gram counted once.
beware-llamafactory = Equal to the trainer’s own figures, and to no other tool’s: corpus BLEU, and ROUGE that counts repeated words, differ. A row with a blank output or reference has 0.
alignment = Alignment
alignment-hint = Reference above, output below, with the fewest possible edits: what word and character error rates count.
detail-cut = Long texts are shown and compared up to { $characters } characters each. Measures use the whole texts; they are in the saved rows.
detail-unmarked = Some of these texts are too long to be compared word by word here, so they are shown without marks.
alignment-counts = { $substituted } substituted, { $missing } missing, { $added } added; { $rate }
key-alignment = show or hide alignment with the reference
parts = Parts of the score

# Training
training = Training
training-empty = See whether training went well: training and validation loss, over-fitting, the best checkpoint, several runs side by side.
training-formats = Drop what your trainer wrote: trainer_state.json (or a checkpoint folder or zip), trainer_log.jsonl, logging.jsonl, all_results.json, TensorBoard event files, CSV downloads of TensorBoard or Weights & Biases, the printed log of a Trainer, MLX, Megatron, torchtune, Lightning, XTuner or verl, or a CSV or JSONL with a step and a loss.
choose-logs = Choose logs
choose-log-folder = Choose folder
curves = Curves
curves-lowest = Lowest validation loss: { $runs }
curves-lowest-run = { $run } { $value } ({ $at })
curves-note = Dashed: data that was not trained on.
curve = Curve
curve-axis = X axis
axis-step = Steps
axis-epoch = Epochs
axis-time = Hours
smoothing = Smoothing
log-axis = Logarithmic
loss = Loss
loss-perplexity = Perplexity (exp of the loss)
value = Value
zoom = Visible range
zoom-in = Zoom in
zoom-out = Zoom out
zoom-left = Left
zoom-right = Right
zoom-all = Show all
zoom-hint = Drag over the chart to zoom.
runs = Runs
runs-note = Best: the first checkpoint that no other beats. Whether lower is better is inferred from the name (loss, WER, perplexity …).
run = Run
run-steps = Steps
run-epochs = Epochs
run-hours = Hours
run-train-loss = Final training loss
run-best-loss = Best validation loss
run-last-loss = Final validation loss
run-perplexity = Perplexity at best loss
run-total = { $name }, whole run
run-chosen = Trainer’s choice
run-evaluated = Evaluated checkpoint
run-unread = Lines that could not be read
not-told = unknown
forget-run = Remove { $run }
evaluated-mark = { $run }: step { $step } was evaluated
at-step = step { $step }
at-epoch = epoch { $epoch }
at-unknown = an unknown step
finding-none = { $run }: no problems found.
finding-overfit = { $run } over-fits: validation loss was lowest ({ $least }) at { $at } and ends at { $last }, { $above } higher; it has been above the minimum since { $since }.{ $falls }
finding-train-falls = {" "}Training loss kept falling.
finding-not-finite = { $run }: { $series } is NaN or infinite at { $at } ({ $count ->
    [one] { $count } time
   *[other] { $count } times
    }). Lower the learning rate, clip gradients, or check the preceding batch.
finding-zero-loss = { $run }: { $series } is exactly 0 ({ $count } of { $points }), first at { $at }. Training hardly ever makes a loss exactly 0: check for overflow in fp16, and for rows whose labels are all masked.
finding-diverged = { $run } diverged: training loss reached { $least } at { $at } and ends at { $last }.
finding-plateau = { $run }: { $series } has been flat since { $since } (changed by { $improved }).
finding-improving = { $run } was still improving at the end: validation loss { $last }, { $fell } below the previous value. More steps may help.
finding-unnamed = { $run }: the file does not say what its curve shows, so it counts as no loss. Keep the name that TensorBoard gives it, run-NAME-tag-TAG.csv, or name the file after the quantity, such as train_loss.csv.
finding-totals-only = { $run }: this file holds totals of a whole run and no curve. trainer_log.jsonl or trainer_state.json in the same folder has the curves, generated_predictions.jsonl the outputs.
log-error-no-log = { $file } holds no training log: a step or epoch and a loss are needed. Choose trainer_state.json, trainer_log.jsonl, a printed log, a TensorBoard event file, or a CSV or JSONL with these columns.
log-error-json = { $file } is not valid JSON at line { $line }, column { $column }: { $detail }. Copy the file again when training has finished writing it.
log-error-zip = { $file } cannot be opened as a zip archive ({ $detail }). Zip it again.
log-error-too-large = { $file } holds more than { $limit_mb } MB of logs. Choose part of it.
log-error-unreadable = { $file } can no longer be read; it may have been moved or changed. Choose it again.

# A/B tests
business = A/B tests
business-empty = See whether users and tasks did better: A/B tests from events or totals, with task success, latency and cost, each with its confidence interval and test.
business-formats = Drop a CSV or JSONL with a column for the arm (arm, variant, system) and one row per user, task or request: yes/no outcomes, amounts, latency, cost, covariates. Or totals: arm, users, conversions.
choose-trials = Choose results
arm = Arm
outcome = Outcome
trial-outcomes = Outcomes
list-comma = {", "}
list-semicolon = {"; "}
trial-said = { $arm } vs. { $baseline }: { $parts }.
trial-said-better = better on { $outcomes }
trial-said-worse = worse on { $outcomes }
trial-said-same = not enough data for { $outcomes }
correction = Correction
correction-holm = Holm
correction-bh = Benjamini–Hochberg
correction-none = none
planned-shares = Planned split
trial-paired = Both arms have the same units, so they are compared in pairs.
trial-apart = The arms have different units; a unit with several rows counts once (delta method).
trial-crossed = Units that appear in more than one arm: { $count } of { $total }. They are left out, as is usual in A/B tests, because their outcomes belong to no single arm.
trial-unpaired = { $count ->
    [one] { $count } unit is in one arm only: it counts in that arm’s value, but not in the differences.
   *[other] { $count } units are in one arm only: they count in that arm’s value, but not in the differences.
    }
trial-sums = { $outcomes }: the mean per unit, not tested. Totals do not show how much units vary: a test needs one row per unit, or the variance.
trial-few-units = { $outcomes }: not tested, because an arm has fewer than two units.
split-fine = The split matches the plan ({ $p }).
against-baseline = Compared with baseline
more-tests = All other tests
outcome-is-better = { $outcome } is better with { $arm }: { $from } → { $to }
outcome-is-worse = { $outcome } is worse with { $arm }: { $from } → { $to }
outcome-is-same = { $outcome }: not enough data to tell { $arm } ({ $to }) from { $baseline } ({ $from })
difference = Difference
method = Method
method-shares = z-test, Newcombe interval
method-means = Welch’s t-test
method-paired-means = paired t-test
method-clustered = delta method over units
p-corrected = Corrected p
verdict = Verdict
needed-units = Units needed to detect this difference
needed-now = now { $count }
fisher = Fisher’s exact test
mann-whitney = Mann–Whitney test
cuped = Difference adjusted for the covariate (CUPED)
cuped-p = p of the adjusted difference
cuped-removed = Variance removed
lift = Relative lift (posterior)
lift-above = Probability that the rate is higher
lift-risk-is = expected loss if chosen: { $risk }
anytime = Always-valid p, corrected
anytime-interval = Always-valid confidence interval
stopping = May it stop?
stopping-note = This holds however often you look while units come in: the results above hold for one look, at a sample size fixed in advance. The p-value is corrected over all outcomes and arms.
stopping-note-people = This holds however often you look while answers come in. The p-value is corrected over the comparisons of a dimension; a preference is shown as the share of wins above or below 50 %.
report-look = { $measure }, { $compared }: { $advice }
report-compared = Compared
workbook-looks = At any look
workbook-anytime-low = Always-valid from
workbook-anytime-high = Always-valid to
trial-stopping = { $arm } vs. { $baseline }: { $said }
units-so-far = Units so far
looks = Over time
looks-note = These p-values and intervals stay valid however often you look (mixture sequential test). Those above are valid for one look, at a sample size fixed in advance.
trial-segments = User segments
segments-note = p-values are corrected over all user segments of the outcome.
funnel = Funnel
funnel-start = All
funnel-note = Inferred from the data: no unit passes a step without passing the one before it.
of-before = { $share } of the previous step
efficiency = Efficiency
percentiles-note = Intervals run between two values of the sample and hold with at least 95 % confidence for any distribution. “Too few” means that there are not enough values for a bound on both sides.
few = too few
per-success = { $cost } per { $success }
front-label = { $quality } vs. { $cost }
unbeaten = Pareto-optimal
trial-roles = Column roles
trial-roles-hint = Roles were guessed from the data. Change any that are wrong; all numbers update at once.
lower-is-better = Lower is better
trial-role-arm = Arm
trial-role-unit = User or task
trial-role-time = Time
trial-role-success = Success (yes or no)
trial-role-number = Amount
trial-role-resource = Latency or size
trial-role-speed = Speed
trial-role-cost = Cost
trial-role-covariate = Covariate (known beforehand)
trial-role-segment = User segment
trial-role-total = Total units
trial-role-count = Number of successes
trial-role-sum = Sum over units
trial-role-ignored = Not used
plan = Plan an A/B test
plan-kind = Outcome type
plan-shares = Rate
plan-baseline = Baseline rate, %
plan-change = Smallest relevant change, percentage points
plan-effect = Smallest relevant change, standard deviations
plan-alpha = Significance level, %
plan-power = Power, %
plan-answer = Units per arm: { $each }. In total: { $all }.
plan-none = No sample size works for these values. Keep rates between 0 and 100 %, the change other than 0, and power below 100 %.
plan-note = Two-sided, two arms of equal size: pooled z-test for rates, Student’s t-test for means.

examples-title = Open an example
example-support = Support bot, English and Chinese
example-support-hint = Two systems, two training runs, an A/B test, tasks and ratings: every page has something to say.
example-summaries = Summaries, with a judge
example-summaries-hint = A model judged each pair in both orders, and people judged some: does the judge favour what it sees first?
example-tickets = Classifier with probabilities
example-tickets-hint = Urgent or not: confusion, calibration and thresholds of two classifiers.
example-maths = Maths with reasoning, and programs
example-maths-hint = Reasoning is left out, answers in LaTeX are compared as mathematics, and programs run against tests.
find-column = Find a column
find-column-none = No column has such a name.
more-columns = Show more columns: { $count } of { $left }

# What is to be decided
aim = What do you want to decide?
aim-hint = It puts the measures that answer it first, orders the report, sets goals that fit, and shows which evidence is still missing. You can change it at any time.
aim-change = Change
aim-task = Is it better at the task?
aim-task-hint = Measures on the same rows, with and without references.
aim-domain = Is it better in its domain without forgetting the rest?
aim-domain-hint = Rows inside and outside of the domain, side by side.
aim-cost = Is it cheaper to run at the same quality?
aim-cost-hint = Latency and memory, beside quality that is no worse.
aim-overfit = Has it over-fitted?
aim-overfit-hint = The training curves, and test rows that the training data holds.
aim-preference = Do people prefer it?
aim-preference-hint = Ratings by people, and tests with users.
aim-open = Just looking
aim-open-hint = Nothing is asked for; all results are shown.
aim-complete = All the evidence that this needs is there.
aim-missing = { $count ->
    [one] One piece of evidence is still missing.
   *[other] { $count } pieces of evidence are still missing.
}
aim-goals = Goals that fit:
aim-take-goals = Set these goals
aim-results = See the results
measures-others = Other measures
measures-references = Compared with the references
measures-encoder = Compared by meaning
measures-model = Under a language model
measures-people = Given by people and judges
measures-file = Numbers in the files
measures-outputs = Descriptions of the outputs
find-measure = Find a measure
find-measure-none = No measure has such a name.
report-aim = To be decided: { $question }
need-there = there
need-missing = missing
need-optional = would help
need-systems = Outputs of two systems or more
need-systems-do = Add a file
need-measure = A measure that can decide, such as one with references
need-measure-do = Choose a reference column
need-rows = At least 20 scored rows
need-rows-do = Add rows
need-slices = Slices, such as language or difficulty
need-slices-do = Choose a slice column
need-domains = A column that says which domain a row is of
need-domains-do = Choose the column
need-perplexity = The perplexity of both models on the same texts
need-perplexity-do = Open models
need-latency = Latency: a column such as latency_ms, or a live test
need-latency-do = Add the column
need-memory = Memory: a column such as memory_mb
need-memory-do = Add the column
need-run = The log of the training run
need-run-do = Open a log
need-validation = A validation loss in the log
need-validation-do = Look at the curves
need-overlap = Whether the test rows are in the training data
need-overlap-do = Check the training data
need-people = Ratings by people
need-people-do = Make a rating task
need-trial = An A/B test with users
need-trial-do = Open results

# Report
report = Report
report-empty = The verdict on one screen, and a report to share. It needs scored outputs, a training log, or A/B test results.
report-foreign = This report came from a link. It contains results but no data, and nothing was sent anywhere.
report-scoring = Scores are still being calculated; the report updates as they arrive.
report-title = { $systems } vs. { $baseline }
report-title-plain = Evaluation
report-purpose = Purpose: { $purpose }
overall-pass = Passed: every goal is met.
overall-fail = Failed: at least one goal is not met.
overall-undecided = Undecided: no goal failed, but some cannot be decided yet.
overall-better = Evidence to ship { $systems }: significantly better than { $baseline }, and nothing measured is significantly worse.
overall-mixed = Not decided for { $systems }: something is significantly better than with { $baseline }, and something significantly worse. Set goals to say which of them matters.
overall-none = Not enough evidence to ship { $systems }: no difference from { $baseline } is significant.
overall-worse = Do not ship { $systems }: significantly worse than { $baseline }, and nothing measured is significantly better.
facet-outputs = Measures on the outputs
facet-trials = Live tests with users
facet-people = People’s ratings
facet-none-outputs = No outputs are loaded yet.
facet-none-trials = No A/B test yet: it shows what users do.
facet-none-people = No ratings yet: measures do not say what people prefer.
facet-counts = Better: { $better }. Worse: { $worse }. Not enough data: { $undecided }.
report-counts = Significantly better: { $better }. Significantly worse: { $worse }. Not enough data: { $undecided }.
report-improved = What got better
report-worsened = What got worse
report-unknown = Not enough data
report-notes = Notes
report-next = Next steps
report-more-slices = And { $count ->
    [one] { $count } more slice
   *[other] { $count } more slices
    }.
report-better = { $measure }: { $system } is better than { $baseline }{ $slice }, { $from } → { $to } ({ $change }; { $interval }; n = { $count }).
report-worse = { $measure }: { $system } is worse than { $baseline }{ $slice }, { $from } → { $to } ({ $change }; { $interval }; n = { $count }).
report-describes = { $measure } describes { $system } and { $baseline }{ $slice } and decides nothing: { $from } and { $to } ({ $change }; { $interval }; n = { $count }).
report-too-few = { $measure }: n = { $count } is too few to tell whether { $system } differs from { $baseline }{ $slice }, { $from } and { $to } ({ $change }; { $interval }). About n = { $needed } would do.
report-hardly-varies = { $measure }: too few rows differ between { $system } and { $baseline }{ $slice } to tell, { $from } and { $to } ({ $change }; { $interval }; n = { $count }).
report-undecided = { $measure }: no significant difference between { $system } and { $baseline }{ $slice }, { $from } and { $to } ({ $change }; { $interval }; n = { $count }).
report-undecided-needed = { $measure }: not enough data to compare { $system } with { $baseline }{ $slice }, { $from } and { $to } ({ $change }; { $interval }; n = { $count }). If this difference is real, about n = { $needed } would show it.
sentence-space = {" "}
report-effect = Effect size: { $size }.
report-slice = {" "}where { $column } is { $value }
report-points = {" "}percentage points
more-statements = { $count } more
note-mismatch = { $trial }: the split between arms does not match the plan ({ $p }). Units are lost or moved, so do not trust its results until the cause is found.
note-not-the-best = { $run }: step { $evaluated } was evaluated, but step { $best } has the best validation loss.
note-few = { $rows ->
    [one] There is only { $rows } row
   *[other] There are only { $rows } rows
    } of outputs: small differences cannot be detected.
note-set-aside = Skipped rows that could not be read: { $count }
next-mismatch = First find out why the split does not match the plan.
next-worse = Check what got worse: { $measure } of { $system }.
next-checkpoint = Evaluate the checkpoint with the best validation loss.
next-data = Collect more data: { $measure } needs about n = { $needed }.
next-goals = Set goals before the next evaluation, so that it can pass or fail.
goals = Goals
goals-hint = Goals set before you look at results make the verdict pass, fail or undecided. A goal is met if the whole 95 % confidence interval of the change is at or above it.
purpose = Purpose: task, domain, where it will be deployed
add-goal = Add a goal
goal-choose = choose a measure
goal = Goal
goal-least = Minimum improvement
goal-least-points = Minimum improvement, percentage points
goal-state = Status
goal-remove = Remove this goal
goal-after = set after its results were known
goal-pass = met
goal-fail = not met
goal-undecided = undecided
goal-unknown = no result yet
rest-exploratory = All other results are exploratory.
goals-caption = Goals and results
goals-after = Some goals were set after their results were known; they confirm nothing.
report-test = Test
report-data-is = { $files }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
    }; systems: { $systems }. SHA-256 of the table: { $digest }.
report-metrics = Scores
metrics-caption = Scores ± half of the 95 % confidence interval; in brackets the change from the baseline and its corrected p-value
chart-hundred = Change from the baseline with 95 % confidence interval, measures up to 100
chart-plain = Change from the baseline with 95 % confidence interval, other measures
chart-shares = Change from the baseline with 95 % confidence interval, in percentage points
chart-difference = Change from the baseline
slices-caption = Slices with significant changes
report-trial = A/B test: { $name }
report-arms = Arms: { $arms }; compared with { $baseline }.
report-arms-paired = Arms (same units): { $arms }; compared with { $baseline } in pairs.
outcomes-caption = Outcomes with 95 % confidence intervals
segments-caption = User segments with significant changes
percentiles-caption = Percentiles with confidence intervals
per-success-caption = Cost and time per success
runs-caption = Training runs
curves-caption = Loss during training; dashed: data that was not trained on
report-methods = Methods
report-rules = A result is called better or worse only if its p-value after correction is below 5 %, the 95 % confidence interval of the difference excludes zero, and there are at least 20 rows, clusters or units. Measures that only describe outputs decide nothing. Scores are corrected over the systems, or slices, of a measure (Holm); A/B tests over outcomes and arms, by the method chosen. Otherwise it is “not enough data”, with the sample size at which the observed difference would be detected with 80 % power.
report-preset = Measures are computed { $tool } computes them; those added beyond that have their own settings.
report-test-is = Significance test of scores: { $test }, { $samples } samples, seed { $seed }.
report-signatures = Signatures of the measures:
report-made = Made with Assay { $version } on { $day }. Nothing was sent anywhere.
report-send = Share
format-html = HTML
format-markdown = Markdown
format-latex = LaTeX tables
format-json = Full evaluation (JSON)
format-model-index = Model card (YAML)
format-xlsx = Excel workbook
workbook-part = Part
workbook-sentence = Text
workbook-low = 95 % CI, low
workbook-high = 95 % CI, high
workbook-difference-low = Difference, 95 % CI, low
workbook-difference-high = Difference, 95 % CI, high
workbook-direction = Better values
workbook-comparisons = Comparisons
workbook-base-value = Value of the baseline
workbook-own-value = Value of the system
workbook-p = p
workbook-decision = Result
workbook-undecided = no significant difference
workbook-wins = Wins
workbook-ties = Ties
workbook-losses = Losses
workbook-note = Note
workbook-trial = A/B test
workbook-segment = User segment
workbook-units = Units
workbook-step = Step
workbook-share-of-all = Share of all
workbook-share-of-step = Share of the step before
workbook-examples-drop = Rows: { $shown } of { $total }, the greatest drop of { $system } against the baseline under { $measure } first.
workbook-examples-lowest = Rows: { $shown } of { $total }, the lowest scores of { $system } under { $measure } first.
workbook-examples-file = Rows: { $shown } of { $total }, in the order of the data.
workbook-error-too-large = Sheet { $sheet } is too large for a workbook (rows: { $rows }, columns: { $columns }). Choose another format.
workbook-error-refused = The workbook cannot be written ({ $detail }). Choose another format, and please report this.
print = Print or save as PDF
make-report-link = Make link
report-link = Report link
report-link-note = The results are in the link itself, in the part after #, which browsers never send; it contains no text of the data.
report-link-long = Some mail and chat apps cut off links this long: send the HTML file instead.
report-json-note = The JSON file contains everything, including the data. Drop it on this page to restore the whole evaluation. Send it only to people who may see the data.
link-error-altered = The link is incomplete or was changed in transit. Ask for it again, or for the HTML file.
link-error-newer = The link was made by a newer version of this page ({ $version }). Reload the page and open it again.
link-error-no-report = This link contains no report. Ask for it again.
saved-error-damaged = { $file } cannot be restored: it is damaged at line { $line }, column { $column } ({ $detail }). Your current data is unchanged. Save the file again where it was made.
saved-error-newer = { $file } was saved by a newer version of this page ({ $version }). Reload the page and open it again.
open-logs-error-log = { $cause }
open-logs-error-stopped = Stopped. Your earlier training runs are unchanged.
no-such-run = This training run is no longer there. Reload the page.
open-experiment-error-table = { $cause }
open-experiment-error-stopped = Stopped. Your earlier A/B tests are unchanged.
experiment-error-no-such-experiment = This A/B test is no longer there. Reload the page.
experiment-error-no-such-column = The A/B test has no column { $column }. Reload the page.
experiment-error-invalid-shares = Planned shares must be positive numbers, such as 50:50.
write-error-from-link = A report opened from a link contains no data to save. Close it to save your own evaluation.
write-error-failed = The file cannot be written ({ $detail }).
write-error-workbook = { $cause }
write-error-writer = { $cause }
link-error-not-written = The link cannot be made ({ $detail }). Send the HTML file instead.
saved-error-altered = The data in { $file } was changed after it was saved (its SHA-256 does not match). It was restored as it is; check it before relying on the results.
saved-error-ratings-damaged = The ratings stored in { $file } cannot be read ({ $detail }). Everything else was restored. Load the ratings from their own file.
saved-error-results-damaged = The results stored in { $file } are damaged ({ $detail }). The data was restored, and all results are computed again.

# Generated programs
code = Programs
code-found = { $samples ->
    [one] { $samples } program
   *[other] { $samples } programs
    } for { $tasks ->
    [one] { $tasks } problem
   *[other] { $tasks } problems
    }, by { $systems }.
code-fenced = Code taken out of Markdown fences: { $count }.
code-warning = These programs were written by a model, and running them means running its code. They run in this page, in a sandbox: Python in a separate frame with no access to the network or to this page’s data, a fresh interpreter for each program, and a time limit. Nothing runs until you agree.
code-alone = Programs cannot run here: Python is not in this file. Run them on a page that a web server delivers.
code-seconds = Time limit per program (s)
code-megabytes = Memory limit per program (MB)
code-run = Run programs
code-go-on = Run the rest
code-take = Use finished results
code-leave = Do not run
code-done = Done: { $done } of { $samples }.
code-passed = Passed: { $count }.
code-failed = Failed: { $count }.
code-timed_out = Timed out: { $count }.
code-crashed = Crashed: { $count }.
code-failures = Failures and their causes
code-task = Problem
code-outcome = Result
code-state-passed = passed
code-state-failed = failed
code-state-timed_out = timed out
code-state-crashed = crashed
code-error-no-tasks = There are completions but no problems. Also drop the file with the columns task_id, prompt, test and entry_point.
code-error-no-samples = There are problems but no completions. Also drop a file with the columns task_id and completion.
code-error-too-many = Too many programs: { $found }. At most { $limit } can be run at once. Drop fewer.
programs-error-sandbox = Programs cannot run here ({ $detail }). The folder python/ must be next to the page, and the browser must allow frames and workers. Finished results are kept.
programs-error-no-programs = No programs are loaded. Drop the problems and the completions again.
programs-error-already-running = The programs are already running.
programs-error-not-running = The programs are no longer running. Choose “Run the rest” to continue.
programs-error-outcomes = { $cause }
job-overlap = Looking for the data in the training files: { $percent } %
job-run-programs = Running programs: { $done } of { $total }
report-on = Data: { $data }.
trial-role-categories = Category
goal-by-name = Add a goal for a measure that is not there yet
goal-by-name-hint = Enter the name that the measure or outcome will have, for example BLEU, chrF2 or resolved. If only one system is compared, its name may be left empty.
goal-any-system = the compared system
score-interval = Miettinen–Nurminen interval
dismiss = Dismiss
unexplained = Something went wrong ({ $kind }). { $details }
channel-failure-undecodable = A message between the page and its worker could not be read ({ $name }, { $cause }: { $detail }). This is a bug in Assay: please report it. Your data is unchanged.
codec-step-encode-call = the page writing the call
codec-step-decode-call = the worker reading the call
codec-step-encode-reply = the worker writing the response
codec-step-decode-reply = the page reading the response
codec-step-decode-event = the page reading an event
channel-failure-unknown-call = The worker does not know the call { $name }. Reload the page. If it happens again, please report it.
channel-failure-no-answer = { $name } got no response. This is a bug in Assay: please report it.
channel-failure-worker-died = The page’s background worker stopped ({ $detail }) and was restarted. What is saved on this device is still there; load all other files again.
channel-failure-out-of-memory = The page’s background worker ran out of memory ({ $detail }) and was restarted. What is saved on this device is still there; load all other files again, or fewer rows.
channel-failure-build-mismatch = The page ({ $page }) and its worker ({ $worker }) have different versions. Reload the page.
job-abandoned = A job ended without a result. This is a bug in Assay: please report it.

# Why something about ratings failed: { $cause } is the message of the error within.
open-task-error-unreadable = { $cause }
open-task-error-envelope = { $cause }
open-task-error-nothing-locked = No task is waiting for a passphrase. Open the link again.
start-error-no-task = No task is open. Open the link again.
start-error-open-in-another-tab = This task is open in another tab. Continue there, or close that tab and try again here.
start-error-no-randomness = This browser provides no secure random numbers, which are needed to tell your answers from those of other raters. Open the link in another browser.
rating-error-not-started = Rating was interrupted. Open the link again; what was saved is still there.
rating-error-answer = { $cause }
rating-error-no-randomness = This browser provides no secure random numbers, which are needed to encrypt your answers. Open the link in another browser.
create-error-task = { $cause }
create-error-no-randomness = This browser provides no secure random numbers, which are needed to encrypt a task. Make the task in another browser.
create-error-not-packed = The task’s link could not be made ({ $detail }). Try again.
projects-error-not-open = No rating task is open. Open one from the list.
projects-error-removed = { $title } was removed from this device, perhaps in another tab. The answers are kept in this tab: bring the task back to add them.
projects-error-missing = This task is no longer on this device. It was removed, perhaps in another tab.
projects-error-unreadable = { $cause }
projects-error-disk = { $cause }
projects-error-unusable = { $cause }
judgements-error-no-file = No file was chosen.
judgements-error-unreadable = { $cause }
judgements-error-file = { $cause }
foreign-error-table = { $cause }
# Models: why one can't be opened, loaded or used, and why nothing is kept on this device.
models-error-not-open = No model is open here. Open one first.
models-error-no-copy = There is no complete copy of this model on this device. Open its file instead.
models-error-file-changed = The file of { $name } has changed since it was opened. Open it again.
models-error-no-base = An adapter needs its base model. Open the base model first.
models-error-adapter-not-kept = A model with an adapter cannot be saved on this device. Save its base model.
models-error-worker = { $cause } Scores so far are kept.
models-error-keep = The model could not be saved on this device. { $cause }
models-error-disk = What is saved on this device could not be used. { $cause }
disk-error-denied = This browser does not let the page store anything, as in a private window ({ $detail }). Everything works until you close the page; nothing is kept after that.
disk-error-full = There is no room left on this device for { $path }. What is saved already stays whole. Remove projects or kept models that you no longer need, or free space on the device, and try again.
disk-error-in-use = { $path } is in use by another tab of Assay. Close that tab to save here.
disk-error-failed = { $path } could not be read or written on this device ({ $detail }).
workspace-error-missing = This project is no longer on this device. It was removed, perhaps in another tab.
workspace-error-damaged = This project cannot be opened: its list of contents is damaged ({ $detail }). Other projects are not affected. Load its files again in a new project.
workspace-error-newer = This project was saved by a newer version of this page (format { $version }; this version reads up to { $known }). Reload the page and open it again.
workspace-error-open-elsewhere = This project is open in another tab. Close that tab first, or change the project there.
workspace-error-no-name = A project needs a name. Type one and try again.
workspace-error-disk = { $cause }
damage-texts = The saved texts of the data set are damaged, so the data set and its results could not be opened. Everything else in the project is here. Load the files again.
damage-data = The saved description of the data set is damaged, so the data set and its results could not be opened. Everything else in the project is here. Load the files again.
damage-settings = The saved settings of the measures are damaged. The usual measures and options are used instead; check them on the Compare page.
damage-scores = { $count ->
    [one] The saved results of one measure are damaged. They are computed again.
   *[other] The saved results of { $count } measures are damaged. They are computed again.
    }
damage-models = The saved scores from language models are damaged. Run the models again on the Perplexity page.
damage-runs = The saved training runs are damaged. Load their logs again.
damage-experiments = The saved A/B tests are damaged. Load their files again.
damage-goals = The saved goals are damaged. Set them again on the Report page.
damage-judgements = The saved ratings are damaged. Load their file again.
damage-programs = The saved programs are damaged. Load their files again.
damage-view = The page that was open last could not be restored. The project itself is complete.
damage-rounds = The saved rounds are damaged, so they could not be opened. The current scores are not affected.
damage-annotations = The saved stars, tags and notes on rows are damaged, so they could not be opened. The rows and scores are not affected.
damage-original = A file that was imported is damaged in the backup. What was read from it is here; to read it in another way, choose it again.
damage-rating-task = The rating task is damaged, so neither it nor its answers could be restored.
damage-answers = The answers to the rating task are damaged. Take the raters' links in again on the Ratings page.
damage-token-scores = The scores per token are damaged. Run the models again on the Perplexity page.
damage-contents = The list of contents is damaged. The parts were found without it; give the project a name.
reasons-error-stopped = Looking for phrases was stopped.
reasons-again = Look again
round-error-no-scores = There are no scores yet. Wait for the first measures, then keep the round.
round-error-no-name = A round needs a name. Type one and try again.
round-error-too-many = A project holds up to { $most } rounds. Remove one that you no longer need.
round-error-missing = This round was removed. Choose another one.
round-error-nothing-to-undo = There is no change of rounds to undo.
round-error-stopped = The comparison was stopped. Choose the rounds again to compare them.
round-error-not-computed = The paired test could not be computed ({ $detail }). Close other tabs to free memory, then choose the rounds again.
annotation-error-no-such-row = There is no row { $row }: the data has { $rows }. Choose a row of the list.
annotation-error-bad-tag = “{ $tag }” cannot be a tag. Type at least one letter, and no comma or semicolon within a tag.
annotation-error-long-tag = The tag is too long (characters at most: { $most }). Write the rest as a note.
annotation-error-too-many-tags = A project holds up to { $most } tags. Take one off all its rows first.
annotation-error-long-note = The note is too long (characters at most: { $most }). Shorten it.
annotation-error-nothing-to-undo = There is no change of stars, tags or notes to undo.
export-rows-error-workbook = { $cause }
export-rows-error-writer = { $cause }
backup-error-no-backup = { $file } is not a backup of a project. Choose a file that was saved with “Download backup”.
backup-error-newer = { $file } was made by a newer version of this page (version { $version }; this version reads up to { $known }). Reload the page and try again.
backup-error-damaged = { $file } is damaged, and nothing in it can be read. Download it again, or use an earlier backup.
backup-error-locked = { $file } opens with a passphrase.
backup-error-wrong-passphrase = { $file } does not open with this passphrase. Check for typing errors; if it is right, the file is damaged.
backup-error-no-randomness = The browser gives no random numbers, so the backup cannot be locked. Save it without a passphrase, or use another browser.
backup-error-too-large = A backup can have { $most_gb } GB at most, and this one has more.
backup-error-empty = There is nothing in this project yet. Load files first.
backup-error-unreadable = { $cause }
backup-error-project = { $cause }
backup-loss = { $member } is damaged. { $cause }
opening-project = Opening your project…
start-failed = Your project could not be opened ({ $detail }). You can work on: files, examples and results work as usual. Your projects stay on this device; load the page again to open them.
start-slow = Your project is still being opened; the browser's storage is slow to answer. You can work on. What you load now is saved as a new project once the storage answers, and nothing is saved before that.
start-again = Load the page again
saved-here = Saved on this device
saving-here = Saving…
not-saved-here = Changes to this project are not saved. { $detail } You can keep working while this page is open. To keep the project, download a backup: it can be opened here later or in another browser.
save-again = Try saving again
look-only = This project is open in another tab. You see here what is done there; changes made here are not saved.
look-only-apart = This project has changed in another tab, and something else was changed here. What is here is not saved: open the project here again, or save yours as a new project.
removed-elsewhere = This project was removed in another tab. What you see is in this tab alone. To keep it, save it as a new project; in the tab where it was removed it can be brought back for a few minutes.
look-only-retry = Open it here
look-only-keep = Save as a new project
device-projects = Projects on this device
device-projects-hint = What you load and set, and all results, are saved in this browser while you work. After a reload or a crash the project opens where you left it. Load files or try the example to begin one.
device-project-new = New project
device-project-open = Open
device-project-open-name = Open { $name }
device-project-rename = Rename
device-project-rename-name = Rename { $name }
device-project-rename-done = Save name
device-project-name = Name of the project
device-project-duplicate = Duplicate
device-project-duplicate-name = Duplicate { $name }
device-project-current = Open now
device-project-untitled = Untitled project
device-project-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
    }
device-project-facts = { $date } · { $size }
device-project-removed = { $name } was removed.
device-project-undo = Undo
device-project-unsaved-sure = Changes to the open project are not saved and will be lost. Leave it?
backup-download = Download backup
backup-download-name = Download backup of { $name }
backup-passphrase = Passphrase (optional)
backup-passphrase-hint = With a passphrase nobody can open the file without it, you included: it is stored nowhere.
backup-save = Save the file
backup-busy = Preparing…
backup-restore = Restore from a backup
backup-restore-hint = A backup is one file with everything in a project. Restoring it adds a new project and changes no other. You can also drop the file anywhere on the page.
backup-passphrase-open = Passphrase
backup-unlock = Open the backup
device-project-search = Search projects
device-project-none-found = No project matches “{ $words }”.
rounds = Rounds
rounds-hint = Keep the scores of each row as a round, change the model or the data, and compare later: with the same rows, what got better and what got worse.
round-keep = Keep this as a round
round-name = Name of the round
round-default = Round { $number }
round-now = Current scores
round-facts = { $date } · { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} · { $systems }
round-change-keep = keep { $name }
round-change-remove = remove { $name }
round-before = From
round-after = to
round-matched = { $rows ->
    [one] { $rows } row is
   *[other] { $rows } rows are
} in both, matched by { $by ->
    [ids] ids
   *[texts] the texts of prompts and references
}.
round-unmatched = Left out of the comparison: { $before ->
    [one] { $before } row
   *[other] { $before } rows
} that only the first has, and { $after ->
    [one] { $after } row
   *[other] { $after } rows
} that only the second has.
round-nothing = These two have no measure with the same settings and system in common, or no row.
round-change = Change per row
round-change-what = Mean of the differences between the scores of the same row, with its 95 % interval and the paired test (signs drawn at random; rows of one document or item together). Before and after are scores over all rows of a round.
round-better-rows = Better since
round-worse-rows = Worse since
round-row = row { $row }
round-col-before = Before
round-col-after = After
round-col-test = Paired test
storage-used = This page uses { $used } of the { $quota } that the browser allows; { $left } are left.
storage-keep = Ask the browser to keep my projects
storage-keep-hint = When the device runs out of space, the browser may delete saved projects. You can ask it not to; some browsers then show a question.
storage-kept = The browser keeps your projects until you remove them.
storage-refused = The browser did not agree to keep the projects if the device runs out of space. Download a backup of important projects.
input-error = { $file } cannot be read any more ({ $detail }). Choose it again.
model-worker-error-model = { $cause }
model-worker-error-adapter = { $cause }
model-worker-error-encoder = { $cause }
model-worker-error-load = { $cause }
model-worker-error-scoring = { $cause }
model-worker-error-compare = { $cause }
model-worker-error-source = { $cause }
model-worker-error-gpu = { $cause }
model-worker-error-channel = { $cause }
model-worker-error-no-default-model = The default model is not installed next to this page. Choose a model file.
model-worker-error-no-default-encoder = The default encoder is not installed next to this page. Choose a model folder.
model-worker-error-not-open = No model is open. Open one and try again.
model-worker-error-not-loaded = The model’s weights are not loaded. Start again.
model-worker-error-busy = The model is still busy with something else. Try again in a moment.
model-worker-error-not-finite = The model gives no probabilities for a text: its numbers overflow. Use the CPU, or another quantisation of the model.
model-worker-error-worker-died = The model’s worker stopped ({ $detail }). Start again; scoring resumes where it stopped.
model-worker-error-out-of-memory = The model ran out of memory ({ $detail }). Close other tabs, or choose a smaller model or a stronger quantisation.
model-error-gguf = { $cause }
model-error-arch = { $cause }
model-error-tokenizer = { $cause }
model-error-tensor-shape = The tensor { $tensor } has the shape { $found }; it should be { $expected }. The file may be damaged: download it again.
model-error-missing-tensor = The tensor { $value } is missing. The file may be incomplete: download it again.
gguf-error-magic = This is not a GGUF file: its first bytes are { $value }. Choose a file that ends in .gguf.
gguf-error-version = GGUF version { $value } is not supported. Convert the model again, to version 3.
gguf-error-oversized = The file is damaged at byte { $offset }: the file is too short for { $cause }. It may be cut off: download it again.
gguf-error-value-type = The metadata key { $key } has the unknown type { $kind }. Convert the model again.
gguf-error-repeated = { $value } appears twice in the file’s header. Download the file again.
gguf-error-tensor-type = The tensor { $tensor } has the type { $kind }, which is not supported. Choose another quantisation, such as Q4_K_M or Q8_0.
gguf-error-tensor = The tensor { $tensor } cannot be read: { $cause }.
gguf-error-missing = The file’s metadata has no { $value }, or one of the wrong type. Choose another file of this model.
gguf-error-shards = The model is split into several files ({ $expected } in all, { $found } chosen). Choose all of them together.
gguf-error-source = { $cause }
header-part-metadata-value = a metadata value
header-part-metadata-text = a metadata text
header-part-array-type = the type of an array
header-part-array-length = the length of an array
header-part-array-numbers = the numbers of an array
header-part-array-text = a text of an array
header-part-magic = the first bytes
header-part-version = the version
header-part-tensor-count = the number of tensors
header-part-metadata-count = the number of metadata values
header-part-metadata-key = a metadata key
header-part-metadata-type = a metadata type
header-part-tensor-name = the name of a tensor
header-part-tensor-dimensions = the number of dimensions of a tensor
header-part-tensor-shape = the shape of a tensor
header-part-tensor-type = the type of a tensor
header-part-tensor-offset = the offset of a tensor
tensor-fault-dimensions = it does not have 1 to 4 dimensions
tensor-fault-shape = its shape is invalid
tensor-fault-blocks = its rows are not whole blocks
tensor-fault-outside-file = it is not within the file, which may be cut off: download it again
arch-error-adapter = This file is an adapter (such as LoRA), not a whole model. Open its base model first, then add the adapter; or open the merged model.
arch-error-family = Models of the family { $found } are not supported. Choose a model of another family, such as llama or qwen2.
arch-error-feature = This { $family } model needs a feature that is not supported: { $cause }. Choose another model.
arch-feature-experts = a mixture of experts
arch-feature-several-tokens = layers that predict several tokens at once
arch-feature-heads = the number or the size of its attention heads
arch-feature-rotated-components = the number of components that positions rotate
arch-feature-position-scaling = positions scaled by { $value }
arch-feature-yarn-attention = YaRN with an attention factor of its own
arch-feature-positions = positions that are not in the file
arch-feature-window-order = the order of its layers with a sliding window
arch-feature-no-window = layers without a sliding window throughout
arch-feature-head-norms = a norm of its own for each attention head
arch-feature-image-positions = positions of images
arch-error-gguf = { $cause }
source-error-out-of-range = The file has { $size } bytes; { $length } were expected at byte { $offset }. It may be cut off: download it again.
source-error-unreadable = The file cannot be read ({ $value }). Choose it again.
encoder-error-missing = The file { $value } is missing. Choose the folder with config.json, tokenizer.json and model.safetensors of one model.
encoder-error-too-large = { $value } is too large for such a file. Choose the folder of an encoder.
encoder-error-config = config.json cannot be read ({ $value }). Download it again.
encoder-error-family = Encoders of the family { $value } are not supported. Supported are bert, roberta, xlm-roberta and camembert.
encoder-error-feature = This encoder needs a feature that is not supported: { $value }. Choose another one.
encoder-error-tokenizer = tokenizer.json cannot be used ({ $value }). Download it again, or choose another encoder.
encoder-error-safetensors = { $cause }
encoder-error-model = { $cause }
encoder-error-source = { $cause }
adapter-error-missing = The file { $value } is missing. Choose adapter_config.json and adapter_model.safetensors together, or one GGUF file.
adapter-error-pickle = { $value } is a pickle, which is not read because it can run programs. Save the adapter as safetensors: model.save_pretrained(folder, safe_serialization=True).
adapter-error-not-lora = This GGUF file is not a LoRA adapter; its type is { $value }. Choose the adapter’s file.
adapter-error-method = Adapters of the kind { $value } are not supported; LoRA adapters are.
adapter-error-config = adapter_config.json cannot be read ({ $value }). Save the adapter again.
adapter-error-empty = The adapter changes no matrix. Choose another file.
adapter-error-feature = The adapter has a part that is not supported: { $cause } ({ $place }). Merge the adapter into its base model, then open the merged model.
adapter-error-family = The adapter is for a { $found } model, and the base is a { $expected } model. Choose the adapter’s own base model.
adapter-error-unknown = The adapter changes { $tensor }, which the base model ({ $family }, { $layers } layers) does not have. Choose the adapter’s own base model.
adapter-error-half = { $value } is missing, or is not F32, F16 or BF16. Save the adapter again.
adapter-error-shape = { $tensor } has the size { $found }, and the base model has { $expected }. Choose the adapter’s own base model.
adapter-error-rank = { $tensor } has the rank { $found }; it should be { $expected }. Save the adapter again.
adapter-error-not-finite = { $value } has a number that is not finite. The training may have diverged.
adapter-error-gguf = { $cause }
adapter-error-safetensors = { $cause }
adapter-error-source = { $cause }
adapter-feature-dora = DoRA
adapter-feature-modules-to-save = modules trained whole (modules_to_save)
adapter-feature-embedding = LoRA on embeddings
adapter-feature-output = LoRA on the output matrix (lm_head)
adapter-feature-bias = trained biases
adapter-feature-initialisation = an initialisation that changed the base model (init_lora_weights)
adapter-feature-replication = repeated layers (layer_replication)
adapter-feature-parameters = LoRA on single parameters (target_parameters)
adapter-feature-invocation = activation by a phrase (aLoRA)
adapter-feature-variant = a variant of LoRA
adapter-feature-pattern = a regular expression in rank_pattern or alpha_pattern
adapter-feature-peft-family = a PEFT adapter of this family (convert it with convert_lora_to_gguf.py of llama.cpp)
safetensors-error-header = This is not a safetensors file, or it is cut off: its header should have { $header } bytes and the file has { $size }. Download it again.
safetensors-error-damaged = The header of the safetensors file cannot be read ({ $value }). Download the file again.
safetensors-error-length = The safetensors file has { $size } bytes; its header gives { $expected }. Download it again.
safetensors-error-source = { $cause }
compare-error-encoder = { $cause }
compare-error-backend = { $cause }
tokenizer-error-kind = The tokeniser { $value } is not supported. Choose a model with a gpt2 or llama tokeniser.
tokenizer-error-pre-tokenizer = The pre-tokeniser { $value } is not supported. Choose another model.
tokenizer-error-vocabulary = The model’s vocabulary cannot be used ({ $value }). Download the file again, or choose another one.
tokenizer-error-gguf = { $cause }
chat-error-no-template = This model has no chat template. Score the outputs alone, or choose a model made for chat.
chat-error-template = The model’s chat template fails ({ $value }). Score the outputs alone.
chat-error-too-costly = The model’s chat template was stopped: it takes more work or memory than a conversation needs. Score the outputs alone, or choose another model file.
load-error-model = { $cause }
load-error-gpu = { $cause }
gpu-error-no-adapter = No GPU can be used here ({ $value }). Use the CPU.
gpu-error-no-device = The GPU { $adapter } cannot be used ({ $why }). Use the CPU.
gpu-error-lost = The GPU was lost ({ $value }). It may have been reset, or another program has taken its memory. Start again, or use the CPU.
gpu-error-memory = The GPU does not have enough memory. Close other programs and tabs that use it, or choose a smaller model or a stronger quantisation.
gpu-error-failed = The GPU reports an error: { $value }. Use the CPU.
gpu-error-too-long = { $tokens } tokens at once are too many for this GPU, which takes { $limit }. Choose a method with shorter windows.
scoring-error-tokenizer = { $cause }
scoring-error-chat = { $cause }
scoring-error-model = { $cause }
scoring-error-gpu = { $cause }
scoring-error-id = The token { $id } is not in the vocabulary of { $size } tokens. Choose another file of this model.
import-failure-table = { $cause }
import-failure-logs = { $cause }
import-failure-programs = { $cause }
import-failure-saved = { $cause }
data-error-no-such-column = There is no column { $column }: the data has { $columns }.
data-error-nothing-to-undo = Earlier data is not kept, so it cannot be restored.
scores-error-no-such-metric = That measure is no longer in the list.
scores-error-not-possible = { $name } cannot be computed for this data.
scores-error-already-there = { $name } is already in the list.
scores-error-not-removable = { $name } cannot be removed: it is not an added measure, or scoring is still running.
scores-error-bad-margin = The smallest change of { $metric } that matters cannot be { $value }: enter a number above 0.
scores-error-bad-option = { $option } cannot be { $value }.
scores-error-not-checked = The value could not be checked, so it was left as it was ({ $detail }). Try again.
rows-error-no-such-row = There is no row { $row }: the data has { $rows }.
compute-error-task = Scoring stopped: { $detail }. Scores so far are kept.
compute-error-stopped = Scoring was stopped. Scores so far are kept.
outlier-blank = no output
area-undefined = undefined (one class only)
picture-error-not-saved = The picture could not be saved ({ $detail }). The browser may be out of memory: close other tabs, or save the chart as SVG.

## Extracted answers
answers = Extracted answers
answers-hint = Measures see what these steps leave of each output. They were chosen from the outputs; change any that are wrong.
answers-note = Measures see extracted answers, not whole outputs:
answers-change = Change the steps
answer-steps = Steps, in order
no-steps = Measures see whole outputs.
step-add = Add a step
step-add-to = Add a step for { $system }
step-remove = Remove the step: { $step }
steps-for-all = Use these steps for all systems
step-changed = Outputs changed: { $changed } of { $total }.
step-emptied = Without an answer: { $count }.
step-note = { $system }: { $step }. { $counted }
step-reasoning = Leave out reasoning blocks
step-end-tokens = Cut at special tokens such as <|im_end|>
step-stop = Cut at a sequence
step-fence = Take the text out of a Markdown fence
step-code-block = First code block
step-boxed = Content of the last \boxed
step-choice = Letter that is chosen
step-number = Number given as the result
step-first-match = First match of a regular expression
step-last-match = Last match of a regular expression
step-json-field = Field of a JSON object
raw-output = Whole output
extraction-error-pattern = “{ $pattern }” is not a regular expression that can be used. Check its brackets and repetitions; the steps before still count.
extraction-error-no-parameter = The step “{ $step }” needs a text to look for. Type one, or remove the step.
overlap-failure-files = { $cause }
overlap-failure-test = { $cause }
overlap-failure-stopped = Stopped. What was found in training files before is unchanged.
overlap-error-no-texts = There is nothing to look for: the data has neither prompts nor references. Give a column the role of a prompt or reference.
overlap-error-too-large = The prompts and references have more than { $limit } tokens, which is the most that can be looked for. Load fewer rows.
data-error-no-system = Column { $column } does not hold the outputs of a system. Give it that role first.
measure-error-no-measure = Column { $column } is not a measure. Give it that role first.
measure-error-no-system = Column { $column } does not hold the outputs of a system. Choose one that does.
measure-error-empty-range = From { $least } to { $most } there are no values. The first number must be the smaller one.
measure-error-out-of-range = Column { $column }, row { $row }: { $value } is not between { $least } and { $most }. Widen the range, or correct the file.
data-error-steps = { $cause }

## What files are taken for
taken-files = Files of the last import
taken-file = { $file }: { $kind }, because { $reason }.
taken-also = It could also be: { $kinds }. Choose if this is wrong.
treat-as = No, treat it as: { $kind }
treat-as-other = Correct this…
file-not-kept = This file is not kept with the project, because it is too large or the device has too little room. To read it in another way later, choose it again.
treat-as-file = Treat { $file } as
file-kind-outputs = outputs or classes
file-kind-log = a training log
file-kind-experiment = an A/B test
file-kind-programs = programs with tests
file-kind-evaluation = a saved evaluation
kind-reason-saved-mark = it is marked as one
kind-reason-log-of-a-tool = it is laid out as an evaluation tool logs outputs and scores
kind-reason-outputs-and-references = it has outputs and references
kind-reason-classes = it has labels and predictions
kind-reason-steps-and-loss = it has steps and a loss
kind-reason-units-and-arms = it has units and arms
kind-reason-tests = it has tests of programs
kind-reason-completions = it has completions of programs
kind-reason-texts = it has texts
kind-reason-nothing-else = nothing else fits
kind-reason-said = you said so

## What was decided about files
notice-joined-by-id = { $file } was joined by its column { $second } to { $first }: rows joined { $matched }, rows without a partner { $unmatched } (such as { $examples }).
notice-joined-by-id-whole = { $file } was joined by its column { $second } to { $first }. All rows have a partner: { $matched }.
notice-joined-by-line = { $file } was joined line by line, because its column { $second } does not hold the ids of { $first }.
notice-data-sets-stacked = The files hold several data sets: { $names }. They stand one below the other, and each is a slice of the column { $column }.
notice-data-sets-unclear = { $files }: these may hold several data sets, but their names and texts do not say clearly which file holds which. Their rows were joined as those of one data set. If there are several, name each file after its system and its data set, such as base_gsm8k.jsonl.
same-names = Which output is whose?
same-names-hint = Files of the same name were loaded without their folders, so their systems were numbered. Name each one. Drop the folders themselves next time, and the systems are named after them.
notice-systems-of-one-name = Several systems would have the same name and were numbered: { $names }. Name each after what it is.
notice-numbers-as-outputs = These columns hold numbers and are taken for outputs, because the references are numbers: { $columns }.
notice-taken-for-reference = The column { $column } is taken for the reference. If it holds something else, change its role.
notice-several-references = Each output is compared with all of these references: { $columns }. If one is something else, change its role.
notice-joined-by-text = { $file }: joined by the texts of "{ $first }" and "{ $second }", as there are no ids in common and the lines differ. Rows with a partner: { $matched }; without: { $unmatched }.
notice-file-not-used = { $file }: not used. It holds no outputs, references, prompts or ids, and has another number of rows than the other files.
notice-points-as-thousands = Points were read as separating thousands, so 1.000 as 1000, in these columns: { $columns }. If they are decimal points, write the numbers with other decimals and load the file again.
notice-points-as-decimals = Points were read as decimal points, so 1.000 as 1, in these columns: { $columns }. If they separate thousands, remove them from the file and load it again.
notice-unlikely-outputs = Taken for outputs of systems: { $columns }. They share hardly any words with the references, while other systems do. If they are something else, such as comments, change their role on the Data page.
notice-fields-left-out = { $file }: fields that hold lists of objects were left out: { $fields }.
notice-columns-not-used = Columns that are not used: { $columns }.
files-left-out = Left out:
import-failure-container = { $cause }
import-failure-reader = { $cause }
file-kind-judgements = judgements
kind-reason-export-of-judgements = it is laid out as a tool exports judgements
import-failure-judgements = { $cause }
later-title = { $count ->
        [one] Data is already loaded. What should this file become?
       *[other] Data is already loaded. What should these { $count } files become?
    }
later-by-ids = { $file }: rows that match by { $column }: { $matched } of { $rows }.
later-by-texts = { $file }: rows with the same text in { $column } as the loaded ones: { $matched } of { $rows }.
later-by-lines = { $file }: as many rows as are loaded ({ $rows }), and no text that both have.
later-by-nothing = { $file }: rows in it { $rows }, loaded { $loaded }, and no ids that say which belong together.
later-choice = What to do with it
later-system = Add as another system of the loaded rows ({ $loaded })
later-rows = Add as more rows: { $loaded } and { $more } make { $total }
later-columns = Add columns, but no system, to the loaded rows ({ $loaded })
later-replace = Replace { $files }. You can go back to it.
later-likely = most likely
later-same = The same for all files
later-skip = Leave this file out
later-take = Continue
later-cancel = Leave the data as it is
systems = Systems
system-name = Name of { $system }
system-colour = Colour of { $system }
colour = Colour
colour-blue = Blue
colour-orange = Orange
colour-green = Green
colour-pink = Pink
colour-brown = Brown
colour-sky = Light blue
colour-grey = Grey
system-place = Order
system-up = Move { $system } up
system-down = Move { $system } down
system-results = Results
system-hide = Hide
system-hide-name = Hide { $system }: it is left out of all results
system-show = Show
system-show-name = Show { $system } in the results again
system-hidden = Left out
system-undo = Undo: { $change }
system-redo = Redo: { $change }
system-change-rename = rename { $system }
system-change-colour = colour of { $system }
system-change-move = move { $system }
system-change-hide = hide { $system }
system-change-show = show { $system }
baseline-named = Chosen because its name says “{ $word }”.
baseline-first = Chosen because it is the first system; no name says which one is the baseline.
baseline-chosen = Chosen by you.
question = One question before the scores
question-hint = No scores are shown until you answer.
question-examples = Examples
question-ours = Loaded before
question-theirs = From { $file }
question-join-other-ids = { $file }: rows with the same value in { $second } as in { $first }: only { $matched } of { $compared }.
question-join-ids-as-numbers = { $file }: its { $second } matches { $first } only if ids are read as numbers (1 and 1.0 are the same).
question-join-texts-disagree = { $file }: rows with the same text in { $second }: only { $matched } of { $compared }.
question-matched-by-ids = Rows are matched by { $second } now. Do these rows belong together?
question-matched-by-lines = Rows are matched line by line now. Do these rows belong together?
question-as-it-is = Yes, take it as it is
question-match-by-lines = No, match line by line
question-match-by-values = No, match by { $column }
question-references = Several columns may be the reference. Which one should outputs be compared with?
question-only-reference = Only { $column }
question-all-references = All of them, as several references
question-choices = One side names a choice by its letter, the other by its number. Which letter is 1?
question-from-one = 1 is A
question-from-zero = 1 is B, as 0 is A
notice-ids-as-numbers = { $file }: its { $second } matches { $first } as numbers, such as 1 and 1.0.
notice-texts-disagree = { $file }: rows with the same text in { $second } as the loaded ones: { $agreeing } of { $compared }.
systems-error-no-such-system = Column { $column } does not hold the outputs of a system. Give it that role first.
systems-error-no-name = A system needs a name. Type at least one letter.
systems-error-name-taken = Another system is called { $name }. Choose another name.
systems-error-last-shown = { $name } is the only system in the results. Show another one first.
systems-error-nothing-to-undo = There is no change of systems to undo.
answer-error-no-question = There is no question about the data to answer.
answer-error-other-question = This answer does not fit the question about the data. Choose one of the answers that are shown.

## What happens to my data
privacy = What happens to my data
privacy-summary = Assay works in your browser. What you open here is read, scored and stored on this device, and the page sends none of it anywhere.
privacy-where = Where it is
privacy-read = The files you open are read by this page. There is no server behind it: the page is a set of files that any web server can deliver.
privacy-disk = Projects, rating tasks and their answers, scores, and copies of models that you asked for are stored in the part of the disk that this browser keeps for the address of this page. You see all of it below and can remove it.
privacy-profile = It is not encrypted there. Whoever can use this browser profile, or read this device’s disk, can read it.
privacy-leaves = What leaves this device
privacy-links = Only what you send yourself: a rating link, answers or a report. A link carries its contents after the “#”, a part of the address that browsers do not send to servers. Whoever has a link can read what is in it, unless you set a passphrase; answers to your tasks can be opened only with your copy of the task.
privacy-saved-files = Files that you save or copy from this page are yours to keep or to send. What becomes of them there is beyond this page.
privacy-host = The web server that delivers this page learns what every web server learns: that your address asked for the files of the page, and when. It does not learn what you open in it.
privacy-never = What never happens
privacy-no-upload = No file, text, score, name or answer is uploaded.
privacy-no-tracking = No account, no cookie, no count of visits, no advertisement, no report of errors to anybody.
privacy-no-others = No request to any other address. Fonts, programs and models come from the address of this page, or from your own files.
privacy-policy = The policy of this page
privacy-policy-hint = The document carries this content security policy, and the browser refuses whatever it does not allow. “connect-src 'self'” is the line that keeps scripts of the document from reaching any other address. Programs that run in the background (workers) are not bound by a policy in a document; the first thing that each of them runs takes away its ways to any other address.
privacy-policy-alone = The file carries this content security policy, and the browser refuses whatever it does not allow. “connect-src 'none'” is the line that keeps scripts from reaching any address. Programs that run in the background (workers) are bound by the same policy.
privacy-policy-none = This document carries no policy. Do not open private data here: the page was changed, or is not the one that Assay builds.
privacy-check-hint = You need not take our word for it. The check tries to reach an address that is reserved and belongs to nobody, once by a script and once by an image, and shows what the browser reports. Only the browser’s own report that the policy refused a request counts; a request that merely fails does not.
privacy-check = Try to send something
privacy-checking = Trying…
privacy-tried-fetch = A request by a script
privacy-tried-image = A request by an image
privacy-refused = { $what } to { $address } was refused by the policy ({ $directive }).
privacy-not-refused = { $what } to { $address } was not refused by the policy. Do not open private data here.
stored = Stored on this device
stored-nothing = No project, task, answer, score or model is stored here.
stored-what = What
stored-count = Number
stored-bytes = Size
stored-projects = Projects
stored-rating-tasks = Rating tasks with the answers that came back
stored-rater-answers = Your answers to rating tasks of others
stored-models = Copies of models
stored-scores = Scores by models
stored-notes = Notes on the last project and the graphics card
stored-item = { $name } ({ $count })
stored-page = Language, theme, and the copy of the page for use without a network
stored-page-hint = Besides, the browser keeps the files of the page itself, so that it opens without a network, and your choice of language and theme.
stored-remove = Remove everything from this device
stored-remove-hint = The page loads again afterwards, and keeps its own files again for use without a network.
stored-remove-sure = Remove all of this from this device? It cannot be undone. Answers to rating tasks that are still to come could not be opened any more. Save what you need as a file first.{ $list }
stored-page-left = Projects, tasks, answers, scores and models were removed. The copy of the page or its settings could not be: { $detail }
remove-all-error-running = Work is in progress. Stop it below, then remove everything.
remove-all-error-left = Not everything could be removed; the rest is gone. { $cause } Close other tabs with this page and try again.
reading-way = How texts are shown
reading-rendered = Rendered
reading-text = As text
not-rendered = Texts are shown as they are.
text-left-out = { $count ->
    [one] 1 more character.
   *[other] { $count } more characters.
}
show-all = Show all
show-less = Show less
reasoning = { $count ->
    [one] Reasoning (1 character)
   *[other] Reasoning ({ $count } characters)
}
reasoning-cut = { $count ->
    [one] Reasoning without an end (1 character)
   *[other] Reasoning without an end ({ $count } characters)
}
table-in-text = Table in the text
speaker-system = System message
speaker-user = User
speaker-assistant = Assistant
speaker-tool = Tool
tool-call = Tool call
tool-result = Tool result
json-values = { $count ->
    [one] { $count } value
   *[other] { $count } values
}
compared-with = Compared with
missing-mark-system = only in { $system }
alignment-hint-system = { $system } above, output below, with the fewest possible edits.
little-shared = { $percent } % in common: too little for highlights to be readable, so the output is shown without them.
measured-text = What measures see
key-rendered = show texts rendered or as text
place-of-total = { $place } of { $total }
row-better = ▲ Better
row-worse = ▼ Worse
row-tied = Tied
any-value = all values
order-rise = largest rise first
style = Components
style-hint = Every component of the page with its states, for people who work on the page. Theme and language change at the top.
