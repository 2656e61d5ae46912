"""What Viva Voce does, without a window.

NumPy's threads for matrices are switched off before it is first imported: its products here are small, and a thread that waits for the next one
by turning round takes the processor from the drawing. Set the variable to keep them.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
