"""Charts as SVG, made on the server. Pure: figures and words in, markup out.

Lengths are per cent of the chart's width and text is in rem, so that words keep their size on a phone and when
a page is enlarged. Colours come from the style sheet by class; no chart depends on colour alone. Each chart
stands beside a table of the same figures, which is where its rows can be followed.
"""
